import { Refusal } from '../../server/contract/errors.ts'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/**
 * Text of a file as county offices save it: UTF-8 (strictly), else GB18030, which Excel and WPS write as “CSV” and
 * which holds GBK and GB 2312; UTF-16 where the file begins with its mark.
 * @throws Refusal csv_encoding
 */
export function decodeText(file: string, bytes: Uint8Array): { text: string; encoding: Encoding } {
  const tries: Encoding[] =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? ['utf-16le']
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? ['utf-16be']
        : ['utf-8', 'gb18030']
  for (const encoding of tries) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // No text has this character: such a file is something else, whatever it decodes to.
      if (!text.includes('\u0000')) return { text, encoding }
    } catch {
      // The next one.
    }
  }
  throw new Refusal(
    'csv_encoding',
    422,
    { zh: `${file} 的编码认不出，或不是文本`, en: `The encoding of ${file} is not known, or it is no text` },
    {
      zh: '请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。',
      en: 'Save it from Excel as “CSV UTF-8 (comma delimited)”.',
    },
    file,
  )
}

/** @throws Refusal text_utf8 */
export function decodeUtf8(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(
      'text_utf8',
      422,
      { zh: `${file} 不是 UTF-8 编码`, en: `${file} is not UTF-8` },
      { zh: '请存为 UTF-8。', en: 'Save it as UTF-8.' },
      file,
    )
  }
}
