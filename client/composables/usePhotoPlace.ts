import { ref } from 'vue'
import type { LonLat } from '../../server/contract/geo.ts'

/** Larger is no photo of a telephone. */
const MOST_BYTES = 60e6

/** The position in a photo's own data (EXIF, WGS84). The photo stays in this browser. */
export function usePhotoPlace() {
  const fault = ref<'photoNone' | 'photoBad' | null>(null)

  async function read(file: Blob): Promise<LonLat | null> {
    fault.value = null
    try {
      if (file.size > MOST_BYTES) throw new RangeError('too large')
      const { gps } = await import('exifr')
      const found = await gps(await file.arrayBuffer())
      const at: LonLat = [found?.longitude, found?.latitude]
      // A phone that knew nothing writes nought and nought.
      if (at.every(Number.isFinite) && at.some(degrees => degrees !== 0)) return at
      fault.value = 'photoNone'
    } catch {
      fault.value = 'photoBad'
    }
    return null
  }
  return { fault, read }
}
