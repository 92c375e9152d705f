import type { Text } from '../../server/contract/errors.ts'
import type { OsmHeader } from '../../geodata/formats/pbf.ts'
import type { Pack } from '../../geodata/pack.ts'

/** The mark of an invented county. */
export const FICTIONAL_SOURCE = '虚构示范数据'

/** No real county's code begins so: 99 is no province. */
const INVENTED_CODE = /^9900/

interface Evidence {
  pack: Pack
  /** The county's id. */
  id: string
  header: Pick<OsmHeader, 'writtenBy' | 'source'>
  /** Codes that its registers have: townships and villages. */
  codes: Iterable<string>
}

/** Whether the data itself says that it is invented: pack.json may add the mark, nothing takes it away. */
export function fictionOf({ pack, id, header, codes }: Evidence): { fictional: boolean; notes: Text[] } {
  const marked =
    /^fengtu\b/i.test(header.writtenBy) ||
    header.source.includes(FICTIONAL_SOURCE) ||
    [id, pack.adcode ?? '', ...codes].some(code => INVENTED_CODE.test(code))
  const notes = marked && pack.fictional === false ? [KEPT] : []
  return { fictional: marked || pack.fictional === true, notes }
}

const KEPT: Text = {
  zh: 'pack.json 写着 fictional: false，但数据本身带有虚构标记；仍标为虚构示范数据',
  en: 'pack.json says fictional: false, but the data itself carries the mark; it stays marked as fictional',
}
