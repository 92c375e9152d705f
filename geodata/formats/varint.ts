import { Refusal } from '../../server/contract/errors.ts'

/** The file says something that the format does not allow. `what` names the spot, in both languages. */
export function damaged(zh: string, en: string): Refusal {
  return new Refusal(
    'pbf_damaged',
    422,
    { zh: `道路数据文件已损坏：${zh}`, en: `The road data file is damaged: ${en}` },
    { zh: '请重新下载该文件，并核对其 MD5。', en: 'Download the file again and compare its MD5.' },
  )
}

/**
 * Zigzag varints in `buf[pos, end)`, summed up as they come (OSM stores differences), into `out`.
 * @returns how many were read
 * @throws Refusal pbf_damaged when the last one runs past `end` or a sum leaves the safe integers
 */
export function unpackDeltas(buf: Uint8Array, pos: number, end: number, out: Float64Array): number {
  let n = 0
  let sum = 0
  while (pos < end) {
    let byte = buf[pos++]
    let value = byte & 0x7f
    if (byte > 0x7f) {
      byte = buf[pos++]
      value |= (byte & 0x7f) << 7
      if (byte > 0x7f) {
        byte = buf[pos++]
        value |= (byte & 0x7f) << 14
        // 2^21 and more: no longer in 32 bits, so by multiplication.
        for (let scale = 0x200000; byte > 0x7f; scale *= 128) {
          if (scale > 2 ** 63) throw damaged('变长整数过长', 'a varint is longer than 10 bytes')
          byte = buf[pos++]
          value += (byte & 0x7f) * scale
        }
      }
    }
    sum += value % 2 === 1 ? -(value + 1) / 2 : value / 2
    out[n++] = sum
  }
  if (pos !== end) throw damaged('变长整数越界', 'a varint runs past its field')
  if (!Number.isSafeInteger(sum)) throw damaged('编号过大', 'an id is too large')
  return n
}

/**
 * Plain varints in `buf[pos, end)` into `out`; only the low 32 bits matter here (string and role indices).
 * @returns how many were read
 */
export function unpackUints(buf: Uint8Array, pos: number, end: number, out: Float64Array): number {
  let n = 0
  while (pos < end) {
    let byte = buf[pos++]
    let value = byte & 0x7f
    for (let scale = 128; byte > 0x7f; scale *= 128) {
      if (scale > 2 ** 63) throw damaged('变长整数过长', 'a varint is longer than 10 bytes')
      byte = buf[pos++]
      value += (byte & 0x7f) * scale
    }
    out[n++] = value
  }
  if (pos !== end) throw damaged('变长整数越界', 'a varint runs past its field')
  return n
}
