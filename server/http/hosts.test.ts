import { describe, expect, test } from 'vitest'
import { createHosts, readHosts } from './hosts.ts'

const named = readHosts('map.example.cn, https://fengtu.example.cn 10.9.9.9:8787,https://[fd00::1]:8443/')!
const own = () => new Set(['192.168.1.5', '[fe80::1]', 'desk', 'desk.local'])
const closed = createHosts({ open: () => false, named, own })
const open = createHosts({ open: () => true, named, own })

describe('the names this server answers to', () => {
  test.each(['127.0.0.1:8787', 'localhost', 'LOCALHOST:1', '[::1]:80'])('%s, always', host => {
    expect([closed(host), open(host)]).toEqual(['http', 'http'])
  })
  test.each([
    ['192.168.1.5:8787', 'http'],
    ['desk.local', 'http'],
    ['DESK:8787', 'http'],
    ['[fe80::1]:8787', 'http'],
    ['map.example.cn:99', 'http'],
    ['fengtu.example.cn', 'https'],
    ['10.9.9.9:8787', 'http'],
    ['[fd00::1]:8443', 'https'],
  ])('%s, once there is an administrator', (host, scheme) => {
    expect([closed(host), open(host)]).toEqual([null, scheme])
  })
  test.each([
    'evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.6',
    '10.9.9.9',
    '10.9.9.9:80',
    'desk.evil.example',
    'desk@evil.example',
    '127.0.0.1:8787/x',
    '',
    ':8787',
    'fe80::1',
  ])('never “%s”', host => {
    expect([closed(host), open(host)]).toEqual([null, null])
  })
  test.each(['http://a/b', 'a b:c', 'ftp://a', '*', 'a_b'])('the setting %s is not understood', setting => {
    expect(readHosts(setting)).toBeNull()
  })
  test('an empty setting names none', () => expect(readHosts(' ')).toEqual([]))
})
