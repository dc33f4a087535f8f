import fc from 'fast-check'
import { isPublicAddress } from '../../src/fetching/public-address.js'

const INSIDE = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:0:10.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::a00:1',
  '100::1',
  '2001::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '2002:c0a8:101::1',
  '3ffe::1',
  '3fff::1',
  '4000::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456:789a::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2606:4700::5efe:10.0.0.1',
  '2606:4700::200:5efe:10.0.0.1',
  '2606:4700::1111%eth0',
  '',
  'example.org',
  '0x7f.1',
  '2130706433',
]

it.each(INSIDE)('does not take %s for public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

it.each(['8.8.8.8', '93.184.215.14', '172.15.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
  'takes %s for public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

const byte = fc.integer({ min: 0, max: 255 })
const inside4 = fc.oneof(
  fc.tuple(fc.constant(10), byte, byte, byte),
  fc.tuple(fc.constant(127), byte, byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
  fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte),
)
const hex = (high: number, low: number) => ((high << 8) | low).toString(16)

it('never takes a private IPv4 address for public, plain or inside any IPv6 form', () => {
  fc.assert(
    fc.property(inside4, ([a, b, c, d]) => {
      const dotted = `${a}.${b}.${c}.${d}`
      const [front, back] = [hex(a, b), hex(c, d)]
      const forms = [
        dotted,
        `::${dotted}`,
        `::ffff:${dotted}`,
        `::ffff:${front}:${back}`,
        `::ffff:0:${front}:${back}`,
        `64:ff9b::${front}:${back}`,
        `2002:${front}:${back}::1`,
        `2001::${front}:${back}`,
        `2a00:1450::5efe:${front}:${back}`,
      ]
      for (const form of forms) expect([form, isPublicAddress(form)]).toEqual([form, false])
    }),
  )
})

it('takes no address outside 2000::/3 for public', () => {
  const group = fc.integer({ min: 0, max: 0xffff })
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const first = groups[0] ?? 0
      fc.pre(first < 0x2000 || first > 0x3fff)
      expect(isPublicAddress(groups.map((part) => part.toString(16)).join(':'))).toBe(false)
    }),
  )
})
