import { expect, test } from 'vitest'
import { limitsOf, readLength, readSpeed, readWeight } from './measures.ts'

test.each([
  ['50', 50],
  ['50 km/h', 50],
  ['30 mph', 48],
  ['30mph', 48],
  ['walk', 7],
  ['50;30', 30],
  ['none', 0],
  ['signals', 0],
  ['RU:urban', 0],
  ['fast', 0],
  ['', 0],
  ['-5', 0],
  [undefined, 0],
])('speed %s → %d km/h', (text, kmh) => expect(readSpeed(text)).toBe(kmh))

test.each([
  ['3.5', 3.5],
  ['3.5 t', 3.5],
  ['3,5t', 3.5],
  ['7500 kg', 7.5],
  ['10 st', 9.072],
  ['5000 lbs', 2.268],
  ['10 stones', 0],
  ['unsigned', 0],
])('weight %s → %d t', (text, tonnes) => expect(readWeight(text)).toBe(tonnes))

test.each([
  ['3.8', 3.8],
  ['3.8 m', 3.8],
  ['380 cm', 3.8],
  [`12'6"`, 3.81],
  ['12 ft 6 in', 3.81],
  [`12'`, 3.658],
  ['default', 0],
  ['below_default', 0],
  ['3.8 metres or so', 0],
])('length %s → %d m', (text, metres) => expect(readLength(text)).toBe(metres))

test('a direction has its own speed; the physical height counts too', () => {
  expect(limitsOf({ maxspeed: '60', 'maxspeed:forward': '40' })).toMatchObject({
    maxspeedFwd: 40,
    maxspeedBack: 60,
  })
  expect(limitsOf({ maxheight: '4', 'maxheight:physical': '3.9' }).maxheightM).toBe(3.9)
})
