import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createApi } from './api.ts'
import App from './App.vue'
import { DEPS } from './deps.ts'
import { startWorker } from './engine/client.ts'
import { createWords } from './locales/index.ts'
import { useLanguage } from './stores/language.ts'
import './tokens.css'
import './base.css'

const pinia = createPinia()
const language = useLanguage(pinia)

createApp(App)
  .use(pinia)
  .use(createWords(language.lang))
  .provide(DEPS, {
    api: createApi(() => language.lang),
    engine: startWorker(),
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
  })
  .mount('#app')
