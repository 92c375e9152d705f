import type { LonLat } from '../../../server/contract/geo.ts'
import { valueFaultOf, type ValueFault } from '../../../server/contract/registers/check-text.ts'
import { cornersOf, crossingOf } from '../../stores/corners.ts'

/** What the text of a way, or of a ring round an area, says, and what is wrong with it. */
export function readLine(
  text: string,
  closed: boolean,
): { value: LonLat[] | null; fault?: ValueFault | null } {
  const corners = cornersOf(text, closed)
  if (corners.length === 0) return { value: null }
  const nowhere = corners.findIndex(corner => corner.at === null)
  if (nowhere >= 0) return { value: null, fault: noPosition(nowhere + 1, corners[nowhere]!.text) }
  const at = corners.map(corner => corner.at!)
  if (at.length < (closed ? 3 : 2)) return { value: null, fault: closed ? NO_AREA : NO_WAY }
  if (!closed) return { value: at }
  const crossing = crossingOf(at)
  return { value: [...at, at[0]!], fault: crossing && crossed(crossing, at.length) }
}

const noPosition = (n: number, text: string): ValueFault =>
  valueFaultOf(
    `第 ${n} 个折点“${text}”不是经纬度`,
    `corner ${n}, "${text}", is no position`,
    '写成“经度,纬度”，或删去它。',
    'Write it as "lon,lat", or take it out.',
  )
const NO_WAY = valueFaultOf(
  '只有一个折点',
  'has one corner only',
  '折线至少两个折点；不要它就清空。',
  'A way has two at least; clear it if there is to be none.',
)
const NO_AREA = valueFaultOf(
  '折点不到三个，围不成范围',
  'has too few corners to go round an area',
  '至少三个折点；不要它就清空。',
  'Three at least; clear it if there is to be none.',
)
function crossed(sides: [number, number], n: number): ValueFault {
  const [a, b] = sides.map(i => `${i + 1}–${((i + 1) % n) + 1}`)
  return valueFaultOf(
    `自相交：折点 ${a} 的边与折点 ${b} 的边相交（图上红色）`,
    `crosses itself: the side between corners ${a} meets that between ${b} (red on the map)`,
    '拖动或删去折点，使各边只在折点相接。',
    'Move or take out corners until sides meet at corners only.',
  )
}
