import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createApi } from './api.ts'
import { DEPS } from './deps.ts'
import { startWorker } from './engine/client.ts'
import Gate from './Gate.vue'
import { createWords } from './locales/index.ts'
import { useEntry } from './stores/entry.ts'
import { useLanguage } from './stores/language.ts'
import './tokens.css'
import './base.css'

const pinia = createPinia()
const [language, entry] = [useLanguage(pinia), useEntry(pinia)]

createApp(Gate)
  .use(pinia)
  .use(createWords(language.lang))
  .provide(DEPS, {
    api: createApi(() => language.lang, undefined, entry.need),
    engine: startWorker(),
    now: () => new Date(),
    // `randomUUID` is there over https only; a county's own network often has plain http.
    newId: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(36)).join('-'),
  })
  .mount('#app')
