import gcoord from 'gcoord'
import { bboxContains, type Bbox, type LonLat } from '../../../server/contract/geo.ts'
import type { Datum } from '../../../server/contract/registers/exchange.ts'

/**
 * A place as people pass it on: a link of 高德, 腾讯 or 百度, a `geo:` address, or plain coordinates. Read from its
 * text alone: nothing is fetched.
 */
export type PlaceText =
  | { at: LonLat; datum: Datum; by: MapName | null }
  /** `short`: only its maker knows what it stands for. */
  | { fault: 'short' | 'nothing' | 'nowhere' | 'two' }
export type MapName = 'amap' | 'tencent' | 'baidu'

const CRS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const
const NUMBER = String.raw`[-+]?\d{1,8}(?:\.\d+)?`
const PAIR = new RegExp(`^\\s*(${NUMBER})\\s*[,，\\s]\\s*(${NUMBER})`)
const round = (n: number): number => Math.round(n * 1e6) / 1e6

/** A position of that datum in WGS84; the library's inverse is off by up to 0.25 m and is corrected by its way forward. */
export function toWgs84(at: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84') return [round(at[0]), round(at[1])]
  let [lon, lat] = gcoord.transform<LonLat>([...at], CRS[datum], gcoord.WGS84)
  for (let turn = 0; turn < 3; turn++) {
    const there = gcoord.transform<LonLat>([lon, lat], gcoord.WGS84, CRS[datum])
    lon += at[0] - there[0]
    lat += at[1] - there[1]
  }
  return [round(lon), round(lat)]
}

/** @param near the county's box, to tell which of two plain numbers is the longitude */
export function readPlace(text: string, near: Bbox): PlaceText {
  const tidy = text.normalize('NFKC').trim()
  const link = /\b([a-z][a-z0-9+.-]*):(?:\/\/)?\S+/i.exec(tidy)?.[0]
  const found =
    link && /^(https?|geo|\w*map|\w*amap|baidumap):/i.test(link) ? ofLink(link) : ofPlain(tidy, near)
  if ('fault' in found) return found
  const [lon, lat] = found.at
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? found : { fault: 'nowhere' }
}

type Found = PlaceText
const nothing: Found = { fault: 'nothing' }

function ofLink(text: string): Found {
  let url: URL
  try {
    url = new URL(text.replace(/[,，。；;]+$/, ''))
  } catch {
    return nothing
  }
  if (url.protocol === 'geo:') return latFirst(url.pathname, 'wgs84', null)
  const host = url.protocol.startsWith('http') ? url.hostname : url.protocol
  if (/^surl\.amap|^j\.map\.baidu|^url\.cn$|^w\.url\.cn|^dwz\.cn/.test(host)) return { fault: 'short' }
  if (/amap|autonavi|gaode/.test(host)) return ofAmap(url)
  if (/(^|\.)qq\.com$|qqmap|^sosomap/.test(host)) return ofTencent(url)
  if (/baidu/.test(host)) return ofBaidu(url)
  return nothing
}

/** `position=lon,lat`, `p=POI,lat,lon,name`, `q=lat,lon,name`, `lnglat=`, `lon= lat=`. */
function ofAmap({ searchParams: q }: URL): Found {
  const say = (found: LonLat | null): Found =>
    found ? { at: found, datum: datumOf(q, 'gcj02'), by: 'amap' } : nothing
  for (const key of ['position', 'lnglat', 'location', 'center', 'to[lnglat]', 'to']) {
    const pair = pairOf(q.get(key))
    if (pair) return say(pair)
  }
  const poi = q.get('p')?.split(',')
  if (poi && poi.length > 2) return say(turned(pairOf(`${poi[1]},${poi[2]}`)))
  const asked = turned(pairOf(q.get('q')))
  if (asked) return say(asked)
  const single = numbersOf(q, ['lng', 'lon', 'dlon', 'longitude'], ['lat', 'dlat', 'latitude'])
  return say(single)
}

/** `marker=coord:lat,lon;title:…`, `coord=lat,lon`, `pointx=lon&pointy=lat`, `center=lat,lon`. */
function ofTencent(url: URL): Found {
  const q = url.searchParams
  const say = (found: LonLat | null): Found =>
    found ? { at: found, datum: 'gcj02', by: 'tencent' } : nothing
  const marker = /coord:([^;]+)/.exec(q.get('marker') ?? '')?.[1]
  for (const text of [
    marker,
    ...['coord', 'tocoord', 'center', 'latng', 'location'].map(key => q.get(key)),
  ]) {
    const pair = turned(pairOf(text))
    if (pair) return say(pair)
  }
  return say(numbersOf(q, ['pointx', 'lng', 'lon'], ['pointy', 'lat']))
}

/** `location=lat,lon` with `coord_type`, `latlng=`, `@x,y` and `c=x,y` in metres of its own projection. */
function ofBaidu(url: URL): Found {
  const q = url.searchParams
  const say = (found: LonLat | null, datum: Datum = 'bd09'): Found =>
    found ? { at: found, datum, by: 'baidu' } : nothing
  for (const key of ['location', 'latlng', 'destination', 'center']) {
    const text = q.get(key)
    const pair = turned(pairOf(/latlng:([^|]+)/.exec(text ?? '')?.[1] ?? text))
    if (pair) return say(pair, datumOf(q, 'bd09'))
  }
  const metres = pairOf(/@(-?[\d.]+,-?[\d.]+)/.exec(url.pathname)?.[1] ?? q.get('c'))
  if (!metres) return nothing
  if (Math.abs(metres[0]) <= 180) return say(metres)
  return say(gcoord.transform<LonLat>(metres, gcoord.BD09MC, gcoord.BD09))
}

/** What a link itself says of its datum. */
function datumOf(q: URLSearchParams, otherwise: Datum): Datum {
  const said = (q.get('coord_type') ?? q.get('coordinate') ?? '').toLowerCase()
  if (/wgs/.test(said)) return 'wgs84'
  if (/gcj|gaode/.test(said)) return 'gcj02'
  return /bd09/.test(said) ? 'bd09' : otherwise
}

function pairOf(text: string | null | undefined): LonLat | null {
  const pair = PAIR.exec(text ?? '')
  return pair ? [Number(pair[1]), Number(pair[2])] : null
}
const turned = (pair: LonLat | null): LonLat | null => pair && [pair[1], pair[0]]

function numbersOf(q: URLSearchParams, lons: string[], lats: string[]): LonLat | null {
  const first = (keys: string[]) => keys.map(key => q.get(key)).find(text => text !== null && text !== '')
  const [lon, lat] = [first(lons), first(lats)]
  return lon && lat ? pairOf(`${lon},${lat}`) : null
}

function latFirst(text: string, datum: Datum, by: MapName | null): Found {
  const at = turned(pairOf(text))
  return at ? { at, datum, by } : nothing
}

/** Degrees alone, or with minutes and seconds. */
const ANGLE = String.raw`([-+]?\d+(?:\.\d+)?)\s*(?:[°度º]\s*(?:(\d+(?:\.\d+)?)\s*(?:['′](?!['′])|分)\s*)?(?:(\d+(?:\.\d+)?)\s*(?:["″秒]|''|′′)\s*)?)?`
const SIDE = '[NSEW](?![a-z])|北纬|南纬|东经|西经|lat[a-z]*|lon[a-z]*|lng|纬度|经度'
/** `N31.7`, `31.7 N`, and with nothing that says which. */
const SIDE_FIRST = new RegExp(`(?<side>${SIDE})\\s*[:=]?\\s*${ANGLE}`, 'gi')
const SIDE_LAST = new RegExp(`${ANGLE}\\s*(?<side>[NSEW])?`, 'gi')

function ofPlain(text: string, near: Bbox): Found {
  const first = [...text.matchAll(SIDE_FIRST)]
  const matches = first.length > 1 ? first : [...text.matchAll(SIDE_LAST)]
  const angles = matches.map(({ groups, ...parts }) => {
    const side = (groups?.side ?? '').toLowerCase()
    const [d, m = '0', s = '0'] =
      first.length > 1 ? [parts[2]!, parts[3], parts[4]] : [parts[1]!, parts[2], parts[3]]
    const sign = /^[sw南西]/.test(side) || d.startsWith('-') ? -1 : 1
    const value = sign * (Math.abs(Number(d)) + Number(m) / 60 + Number(s) / 3600)
    const axis = /^[ns]|纬|^lat/.test(side) ? 'lat' : /^[ew]|经|^lo?n/.test(side) ? 'lon' : null
    return { value, axis }
  })
  if (angles.length === 0) return nothing
  if (angles.length !== 2) return { fault: 'two' }
  const [a, b] = angles as [(typeof angles)[0], (typeof angles)[0]]
  const said = (at: LonLat): Found => ({ at, datum: 'wgs84', by: null })
  if (a.axis === 'lat' || b.axis === 'lon') return said([b.value, a.value])
  if (a.axis === 'lon' || b.axis === 'lat') return said([a.value, b.value])
  // Longitude first as everywhere here, unless only the other way lies in the county.
  const [asWritten, otherWay]: [LonLat, LonLat] = [
    [a.value, b.value],
    [b.value, a.value],
  ]
  const isOtherWay = bboxContains(near, otherWay) && !bboxContains(near, asWritten)
  return said(isOtherWay || Math.abs(b.value) > 90 ? otherWay : asWritten)
}
