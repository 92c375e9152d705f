/** Degrees, minutes and seconds as EXIF keeps them: three fractions. */
function angle(degrees: number): number[] {
  const [d, rest] = [Math.floor(degrees), (degrees % 1) * 60]
  return [d, 1, Math.floor(rest), 1, Math.round((rest % 1) * 60 * 1000), 1000]
}

/** The least JPEG that says where it was taken: a marker with a TIFF of one block, that of the position. */
export function photo(lat: number, lon: number, south = false): Blob {
  const tiff = new DataView(new ArrayBuffer(160))
  const u16 = (at: number, n: number) => tiff.setUint16(at, n)
  const u32 = (at: number, n: number) => tiff.setUint32(at, n)
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    u16(at, tag)
    u16(at + 2, type)
    u32(at + 4, count)
    u32(at + 8, value)
  }
  u16(0, 0x4d4d)
  u16(2, 42)
  u32(4, 8)
  u16(8, 1)
  entry(10, 0x8825, 4, 1, 26)
  u16(26, 4)
  entry(28, 1, 2, 2, (south ? 0x53 : 0x4e) << 24)
  entry(40, 2, 5, 3, 84)
  entry(52, 3, 2, 2, 0x45 << 24)
  entry(64, 4, 5, 3, 108)
  angle(lat).forEach((n, i) => u32(84 + 4 * i, n))
  angle(lon).forEach((n, i) => u32(108 + 4 * i, n))
  const head = [0xff, 0xd8, 0xff, 0xe1, 0, 168, 0x45, 0x78, 0x69, 0x66, 0, 0]
  return new Blob([new Uint8Array(head), tiff.buffer, new Uint8Array([0xff, 0xd9])])
}
