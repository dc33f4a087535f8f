import fc from 'fast-check'
import { plainAddress } from '../../src/rendering/plain-address.js'

it.each([
  ['https://x.example/a', 'https://x.example/a'],
  ['https://x.example', 'https://x.example'],
  ['https://x.example/über uns?q=é#ö', 'https://x.example/%C3%BCber%20uns?q=%C3%A9#%C3%B6'],
  ['https://x.example/%C3%BCber%20uns', 'https://x.example/%C3%BCber%20uns'],
  ['https://x.example/100%', 'https://x.example/100%25'],
  ['https://me@bücher.example:8080/x', 'https://me@xn--bcher-kva.example:8080/x'],
  ['mailto:jörg@x.example?subject=a b', 'mailto:j%C3%B6rg@x.example?subject=a%20b'],
  ['#top', '#top'],
  ['', ''],
])('writes %j as %j', (url, expected) => {
  expect(plainAddress(url)).toBe(expected)
})

it('gives visible ASCII only, leads to the same place, and never encodes twice', () => {
  const path = fc.string({ unit: fc.constantFrom(...'zé %/?&=+ü漢"<>`%20', '👩‍🚀'), maxLength: 20 })
  fc.assert(
    fc.property(path, (written) => {
      const plain = plainAddress(`https://bücher.example/${written}`)
      expect(plain).toMatch(/^[\x21-\x7e]*$/)
      expect(plainAddress(plain)).toBe(plain)
      expect(decodeURIComponent(plain)).toBe(
        decodeURIComponent(
          `https://xn--bcher-kva.example/${written}`.trim().replace(/%(?![0-9a-f]{2})/gi, '%25'),
        ),
      )
    }),
  )
})
