import type { Text } from '../../../server/contract/errors.ts'

/** `stem + ending`, with a number before the ending when another has that name; put into `taken`. */
export function unique(taken: Set<string>, stem: Text, ending: Text): Text {
  for (let n = 1; ; n++) {
    const zh = stem.zh + (n > 1 ? `${n} 号` : '') + ending.zh
    const en = stem.en + (n > 1 ? ` No. ${n}` : '') + ending.en
    if (taken.has(zh) || taken.has(en)) continue
    taken.add(zh).add(en)
    return { zh, en }
  }
}

/** A village's or township's name without what it is: 柳家湾村 → 柳家湾. */
export const bare = ({ zh, en }: Text): Text => ({
  zh: zh.replace(/(村|社区|镇|乡|街道)$/, ''),
  en: en.replace(/ (Village|Community|Town|Township|Subdistrict)$/, ''),
})
