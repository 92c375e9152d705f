import { describe, expect, it } from 'vitest'
import { photo } from './photo.fixture.ts'
import { usePhotoPlace } from './usePhotoPlace.ts'

describe('the position in a photo', () => {
  it('is read in degrees', async () => {
    const { read, fault } = usePhotoPlace()
    const at = await read(photo(38.9123, 82.8456))
    expect(at![0]).toBeCloseTo(82.8456, 5)
    expect(at![1]).toBeCloseTo(38.9123, 5)
    expect((await read(photo(38.9, 82.8, true)))![1]).toBeCloseTo(-38.9, 5)
    expect(fault.value).toBeNull()
  })
  it('may be missing, nought, or no photo at all: said', async () => {
    const { read, fault } = usePhotoPlace()
    expect(await read(photo(0, 0))).toBeNull()
    expect(fault.value).toBe('photoNone')
    expect(await read(new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xd9])]))).toBeNull()
    expect(fault.value).toBe('photoNone')
    expect(await read(new Blob(['no photo']))).toBeNull()
    expect(fault.value).toBe('photoBad')
  })
})
