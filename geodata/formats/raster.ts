/** A raster of cells in WGS84 degrees; row 0 is the northernmost, `west` and `north` are the outer edges. */
export interface Raster {
  cols: number
  rows: number
  west: number
  north: number
  dLon: number
  dLat: number
}
