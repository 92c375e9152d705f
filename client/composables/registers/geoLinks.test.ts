import { describe, expect, it } from 'vitest'
import { distanceM, type Bbox, type LonLat } from '../../../server/contract/geo.ts'
import { readPlace, toWgs84 } from './geoLinks.ts'

/** A county in China: there the datums differ. */
const COUNTY: Bbox = [112, 31, 113, 32]
const read = (text: string) => readPlace(text, COUNTY)
const at = (text: string): LonLat => {
  const found = read(text)
  if ('fault' in found) throw new Error(found.fault)
  return found.at
}

describe('a link of a map', () => {
  it.each([
    ['https://uri.amap.com/marker?position=112.4186,31.7052&name=x', 'amap', 'gcj02'],
    ['https://www.amap.com/?p=B0FFG,31.7052,112.4186,黑石沟,x', 'amap', 'gcj02'],
    ['https://www.amap.com/?q=31.7052,112.4186,黑石沟', 'amap', 'gcj02'],
    ['androidamap://viewMap?sourceApplication=x&lat=31.7052&lon=112.4186&dev=0', 'amap', 'gcj02'],
    ['https://ditu.amap.com/regeo?lng=112.4186&lat=31.7052&src=uriapi', 'amap', 'gcj02'],
    ['https://uri.amap.com/marker?position=112.4186,31.7052&coordinate=wgs84', 'amap', 'wgs84'],
    [
      'https://apis.map.qq.com/uri/v1/marker?marker=coord:31.7052,112.4186;title:x;addr:y',
      'tencent',
      'gcj02',
    ],
    ['https://map.qq.com/?type=poi&what=x&pointx=112.4186&pointy=31.7052', 'tencent', 'gcj02'],
    ['qqmap://map/geocoder?coord=31.7052,112.4186', 'tencent', 'gcj02'],
    ['http://api.map.baidu.com/marker?location=31.7052,112.4186&title=x&output=html', 'baidu', 'bd09'],
    ['http://api.map.baidu.com/marker?location=31.7052,112.4186&coord_type=gcj02', 'baidu', 'gcj02'],
    ['baidumap://map/direction?destination=latlng:31.7052,112.4186|name:x', 'baidu', 'bd09'],
    ['位置：https://map.baidu.com/?latlng=31.7052,112.4186&title=x。', 'baidu', 'bd09'],
  ])('%s', (text, by, datum) => {
    expect(read(text)).toEqual({ at: [112.4186, 31.7052], by, datum })
  })
  it('in Baidu’s own metres', () => {
    const found = read('https://map.baidu.com/poi/%E6%9D%91/@12958160.97,4825907.72,16.5z')
    expect(found).toMatchObject({ by: 'baidu', datum: 'bd09' })
    expect(
      distanceM(at('https://map.baidu.com/@12958160.97,4825907.72,16z'), [116.404, 39.915]),
    ).toBeLessThan(100)
  })
  it('says that a short one does not hold its place', () => {
    for (const text of ['https://surl.amap.com/abc123', '看这里 https://j.map.baidu.com/x/1'])
      expect(read(text)).toEqual({ fault: 'short' })
    expect(read('https://example.com/?q=31.7,112.4')).toEqual({ fault: 'nothing' })
  })
})

describe('coordinates', () => {
  it.each([
    '112.4186, 31.7052',
    '31.7052，112.4186',
    '112.4186　31.7052',
    '31.7052 N　112.4186 E',
    'E112.4186 N31.7052',
    '北纬31.7052° 东经112.4186°',
    '纬度：31.7052 经度：112.4186',
    'lat=31.7052, lng=112.4186',
    'geo:31.7052,112.4186',
    '31°42′18.72″N, 112°25′6.96″E',
    `31°42'18.72"N 112°25'6.96"E`,
    '东经112度25分6.96秒 北纬31度42分18.72秒',
  ])('%s', text => {
    expect(distanceM(at(text), [112.4186, 31.7052])).toBeLessThan(1)
  })
  it('lie on earth and are two', () => {
    expect(read('石桥镇')).toEqual({ fault: 'nothing' })
    expect(read('112.4186')).toEqual({ fault: 'two' })
    expect(read('200, 131')).toEqual({ fault: 'nowhere' })
    expect(at('-70.5, -33.4')).toEqual([-70.5, -33.4])
  })
})

describe('datums', () => {
  it('shift what stands in China by hundreds of metres, and nothing elsewhere', () => {
    const here: LonLat = [112.4186, 31.7052]
    expect(distanceM(toWgs84(here, 'gcj02'), here)).toBeGreaterThan(300)
    expect(distanceM(toWgs84(here, 'bd09'), here)).toBeGreaterThan(600)
    expect(toWgs84(here, 'wgs84')).toEqual(here)
    expect(toWgs84([1.5218, 42.5075], 'gcj02')).toEqual([1.5218, 42.5075])
  })
})
