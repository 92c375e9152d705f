/** How tables say that they do not know: read as blank, never kept. */
export const UNKNOWN_WORD = /^(?:[-—–―－/／\\]+|不详|未知|不明|待定|待查|待补|暂缺|n\/?a|unknown)$/i
/** How they say that there is none. */
export const NONE_WORD = /^(?:无|没有|none)$/i
/** What parts the items of a list in one cell. */
export const BETWEEN_ITEMS = /[、；;，,\n]/

/** The row that explains a template. */
export const EXAMPLE_ROW = /^(?:示例|例：|例:|example)/i
/** Sums and signatures under a table. */
export const SUM_ROW = /^(?:合计|总计|小计|共计)(?:[:：（(].*)?$/
export const SIGNATURE_ROW = /^(?:备注|注|说明|填报|填表|制表|审核|单位负责人)/

/** Characters that a record holds at most; a line's are those of its text in a cell (Excel's own limit). */
export const MOST = { id: 64, name: 120, text: 2000, phone: 80, line: 32_767 } as const

// Control characters, halves of a pair, what no XML holds, marks without a width.
// oxlint-disable-next-line no-control-regex
const NO_CHARACTER = /[\u0000-\u0008\u000b-\u001f\u007f\u200b\ufeff\ufffe\uffff]|\p{Surrogate}/gu

/** Text as a record holds it. */
export const tidyText = (text: string): string => text.replace(NO_CHARACTER, '').trim()

/** A line as one cell holds it. */
export const lineText = (points: readonly (readonly [number, number])[]): string =>
  points.map(([lon, lat]) => `${lon},${lat}`).join('; ')
