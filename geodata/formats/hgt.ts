import { Refusal } from '../../server/contract/errors.ts'
import type { Grid } from './elevation.ts'

/** SRTM height files: signed 16-bit big-endian metres, rows from the north; −32768 is void. */
const VOID = -32768
const SIDES = [1201, 3601]

/**
 * @param name the file's name, whose N42E001 is the south-west corner
 * @throws Refusal hgt_name, hgt_size
 */
export function readHgt(name: string, bytes: Uint8Array): Grid {
  const corner = /([NS])(\d{2})([EW])(\d{3})/i.exec(name)
  if (!corner) {
    throw new Refusal(
      'hgt_name',
      422,
      {
        zh: `高程文件名 ${name} 里没有位置（应如 N42E001.hgt）`,
        en: `The terrain file name ${name} does not say where it lies (like N42E001.hgt)`,
      },
      {
        zh: '请把文件名改回它西南角的经纬度。',
        en: 'Name the file after its south-west corner again.',
      },
    )
  }
  const side = SIDES.find(s => s * s * 2 === bytes.length)
  if (!side) {
    throw new Refusal(
      'hgt_size',
      422,
      {
        zh: `高程文件 ${name} 有 ${bytes.length} 字节；HGT 应为 1201×1201（2,884,802 字节）或 3601×3601（25,934,402 字节）`,
        en: `The terrain file ${name} has ${bytes.length} bytes; HGT is 1201×1201 (2,884,802 bytes) or 3601×3601 (25,934,402 bytes)`,
      },
      { zh: '请重新下载该文件。', en: 'Download the file again.' },
    )
  }
  const south = Number(corner[2]) * (corner[1].toUpperCase() === 'S' ? -1 : 1)
  const west = Number(corner[4]) * (corner[3].toUpperCase() === 'W' ? -1 : 1)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data = new Int16Array(side * side)
  for (let i = 0; i < data.length; i++) data[i] = view.getInt16(i * 2)
  const step = 1 / (side - 1)
  return {
    west,
    north: south + 1,
    dLon: step,
    dLat: step,
    width: side,
    height: side,
    data,
    voidValue: VOID,
  }
}
