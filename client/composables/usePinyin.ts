import { shallowRef } from 'vue'

type Reader = (name: string) => string
const known = new Map<string, string>()
const read = shallowRef<Reader | null>(null)
let asked = false

/** Fetches the dictionary once, when someone first types Latin letters. */
async function load(): Promise<void> {
  if (asked) return
  asked = true
  try {
    const { pinyin } = await import('pinyin-pro')
    read.value = name => {
      let text = known.get(name)
      if (text === undefined) {
        const parts = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
        text = `${parts.map(part => part[0]).join('')} ${parts.join('')}`.toLowerCase()
        known.set(name, text)
      }
      return text
    }
  } catch {
    // Away from the server the names are still found by their characters.
    asked = false
  }
}

/** Names by their pinyin: `heishigou` and `hsg` both find 黑石沟. */
export function usePinyin() {
  return { of: (name: string): string => read.value?.(name) ?? '', load }
}
