import type { Map as MapLibreMap } from 'maplibre-gl'
import { REGISTERS } from '../../server/contract/registers/index.ts'
import { FACILITY_KINDS_ON_MAP, letterOfRegister, TEAM_LETTERS } from './letters.ts'
import { css, type Token } from './palette.ts'

/** Every picture of the map, drawn once on a canvas at twice its size. No sprite file, no network. */
const RATIO = 2
const FONT = "'HarmonyOS Sans SC','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"

type Paint = (c: CanvasRenderingContext2D, size: number) => void

function picture(width: number, height: number, paint: Paint): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = width * RATIO
  canvas.height = height * RATIO
  const c = canvas.getContext('2d')!
  c.scale(RATIO, RATIO)
  paint(c, width)
  return c.getImageData(0, 0, canvas.width, canvas.height)
}

function letter(c: CanvasRenderingContext2D, text: string, size: number, px: number): void {
  c.font = `700 ${px}px ${FONT}`
  c.textAlign = 'center'
  c.textBaseline = 'alphabetic'
  const m = c.measureText(text)
  c.fillText(text, size / 2, size / 2 + (m.actualBoundingBoxAscent - m.actualBoundingBoxDescent) / 2)
}

/** Fills dark enough for white letters. */
const WHITE_INK = new Set(['symbol-incident', 'symbol-target'])
/** GB/T 35649's groups by their token. */
const GROUP_FILL = {
  incident: 'symbol-incident',
  hazard: 'symbol-hazard',
  target: 'symbol-target',
  resource: 'green',
} as const

/** A register's row where its plate has no room: a small square of its group. */
function recordDot(fill: string, rim: string): Paint {
  return (c, size) => {
    c.fillStyle = rim
    c.fillRect(1, 1, size - 2, size - 2)
    c.fillStyle = fill
    c.fillRect(2.25, 2.25, size - 4.5, size - 4.5)
  }
}

/** Square plate by GB/T 35649's shape: letter of the kind on green, white key line; dashed grey = cannot come. */
function plate(
  token: Token,
  text: string,
  state: 'ready' | 'picked' | 'lost',
  outer: number,
  fill = 'green',
): Paint {
  return (c, size) => {
    const rim = state === 'picked' ? 3 : 2
    c.fillStyle = css(token('map-halo'), 0.85)
    c.fillRect((size - outer) / 2 - 1, (size - outer) / 2 - 1, outer + 2, outer + 2)
    const at = (size - outer) / 2
    if (state === 'lost') {
      c.fillStyle = token('map-plate')
      c.fillRect(at, at, outer, outer)
      c.setLineDash([3, 2])
      c.strokeStyle = token('map-stale')
      c.lineWidth = 1.5
      c.strokeRect(at + 1, at + 1, outer - 2, outer - 2)
      c.fillStyle = token('map-stale')
    } else {
      c.fillStyle = '#ffffff'
      c.fillRect(at, at, outer, outer)
      c.fillStyle = token(fill)
      c.fillRect(at + rim, at + rim, outer - 2 * rim, outer - 2 * rim)
      c.fillStyle = WHITE_INK.has(fill) ? '#ffffff' : token('accent-ink')
    }
    letter(c, text, size, outer * 0.62)
  }
}

const dot =
  (fill: string, rim: string, r: number): Paint =>
  (c, size) => {
    c.beginPath()
    c.arc(size / 2, size / 2, r, 0, 7)
    c.fillStyle = fill
    c.fill()
    c.lineWidth = 1.5
    c.strokeStyle = rim
    c.stroke()
  }

/** Wider than the line it rides on, pointing north before it is turned. */
function arrow(token: Token): Paint {
  return (c, size) => {
    const m = size / 2
    c.beginPath()
    c.moveTo(m, m - 9)
    c.lineTo(m + 8, m + 6)
    c.lineTo(m, m + 2.5)
    c.lineTo(m - 8, m + 6)
    c.closePath()
    c.lineJoin = 'round'
    c.strokeStyle = token('way-edge')
    c.lineWidth = 4
    c.stroke()
    c.fillStyle = '#ffffff'
    c.fill()
  }
}

function cross(token: Token): Paint {
  return (c, size) => {
    const [a, b] = [size / 2 - 5, size / 2 + 5]
    for (const [colour, width] of [
      [token('map-halo'), 5],
      [token('closed'), 2.6],
    ] as const) {
      c.beginPath()
      c.moveTo(a, a)
      c.lineTo(b, b)
      c.moveTo(b, a)
      c.lineTo(a, b)
      c.lineCap = 'round'
      c.lineWidth = width
      c.strokeStyle = colour
      c.stroke()
    }
  }
}

/** 45° strokes of 2.2 px every 11 px over a faint wash; tiles without a seam. */
function hatch(token: Token): Paint {
  return (c, size) => {
    c.fillStyle = css(token('warm'), 0.13)
    c.fillRect(0, 0, size, size)
    c.strokeStyle = css(token('warm'), 0.8)
    c.lineWidth = 2.2
    for (const shift of [-size, 0, size]) {
      c.beginPath()
      c.moveTo(shift - size, size * 2)
      c.lineTo(shift + size * 2, -size)
      c.stroke()
    }
  }
}

function flag(token: Token, rim: string): Paint {
  return (c, size) => {
    c.fillStyle = css(token('panel'), 0.94)
    c.fillRect(0, 0, size, size)
    c.strokeStyle = rim
    c.lineWidth = 1.5
    c.strokeRect(0.75, 0.75, size - 1.5, size - 1.5)
  }
}

function roadNumber(token: Token): Paint {
  return (c, size) => {
    c.beginPath()
    c.roundRect(0.5, 0.5, size - 1, size - 1, 2.5)
    c.fillStyle = token('map-road-plate')
    c.fill()
    c.lineWidth = 1
    c.strokeStyle = token('map-township')
    c.stroke()
  }
}

/** The words that say a county is invented, slanted, in both languages: the tile of a pattern. */
const FICTION = { width: 420, height: 270 }
function fictionWords(token: Token): Paint {
  return c => {
    c.translate(FICTION.width / 2, FICTION.height / 2)
    c.rotate(-Math.PI / 10)
    c.textAlign = 'center'
    c.fillStyle = css(token('map-fiction'), 0.42)
    c.font = `700 22px ${FONT}`
    c.fillText('虚构示范数据', 0, 0)
    c.font = `400 13px ${FONT}`
    c.fillText('Invented demonstration data', 0, 20)
  }
}

/** A mountain: the open triangle of a printed map. */
function peak(token: Token): Paint {
  return (c, size) => {
    c.beginPath()
    c.moveTo(size / 2, 2)
    c.lineTo(size - 2, size - 3)
    c.lineTo(2, size - 3)
    c.closePath()
    c.lineJoin = 'round'
    c.lineWidth = 3
    c.strokeStyle = css(token('map-halo'), 0.8)
    c.stroke()
    c.fillStyle = token('map-peak')
    c.fill()
  }
}

export function addIcons(map: MapLibreMap, token: Token): void {
  const add = (id: string, size: number, paint: Paint, more: object = {}) =>
    map.addImage(id, picture(size, size, paint), { pixelRatio: RATIO, ...more })

  for (const [kind, text] of Object.entries(TEAM_LETTERS))
    for (const state of ['ready', 'picked', 'lost'] as const)
      add(`plate-${kind}-${state}`, 32, plate(token, text, state, state === 'picked' ? 27 : 22))
  for (const [kind, text] of Object.entries(FACILITY_KINDS_ON_MAP))
    add(`facility-${kind}`, 18, (c, size) => {
      c.fillStyle = token('raised')
      c.strokeStyle = token('text-3')
      c.fillRect(1, 1, size - 2, size - 2)
      c.strokeRect(1, 1, size - 2, size - 2)
      c.fillStyle = token('text-2')
      letter(c, text, size, 11)
    })
  for (const register of REGISTERS) {
    const text = letterOfRegister(register)
    const fill = GROUP_FILL[register.symbol?.group ?? 'resource']
    add(`record-${register.key}`, 32, plate(token, text, 'ready', 28, fill))
    add(`record-${register.key}-stale`, 32, plate(token, text, 'lost', 28))
    add(`picked-${register.key}`, 40, plate(token, text, 'picked', 36, fill))
  }
  for (const [group, fill] of Object.entries(GROUP_FILL))
    add(`record-dot-${group}`, 9, recordDot(token(fill), token('map-halo')))
  add('record-dot-stale', 9, recordDot(token('stale'), token('map-halo')))
  add('dot-village', 10, dot(token('map-label'), token('map-halo'), 2.4))
  add('dot-town', 14, dot(token('map-halo'), token('map-strong'), 4))
  add('dot-outside', 12, dot(token('map-warm'), token('map-halo'), 3))
  add('arrow', 26, arrow(token))
  add('cross', 18, cross(token))
  map.addImage(
    'room',
    picture(44, 64, () => {}),
    { pixelRatio: RATIO },
  )
  map.addImage('fiction', picture(FICTION.width, FICTION.height, fictionWords(token)), { pixelRatio: RATIO })
  add('hatch', 16, hatch(token))
  add('peak', 12, peak(token))
  // The middle stretches round the text, the rim stays as it is.
  const fit = { stretchX: [[6, 26]], stretchY: [[6, 26]], content: [3, 3, 29, 29] }
  add('flag', 16, flag(token, token('map-border')), fit)
  add('road-number', 16, roadNumber(token), fit)
  add('flag-picked', 16, flag(token, '#ffffff'), fit)
}
