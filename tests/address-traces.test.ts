import fc from 'fast-check'
import { addressTraces, mentions } from '../src/address-traces.js'

const traces = addressTraces(["O'Hara+x=1@exämple.org"])
const found = (text: string | Buffer) => mentions(Buffer.from(text), traces)

it.each([
  "Dear O'HARA+X=1@EXÄMPLE.ORG,",
  'a href="/x?to=O%27Hara%2Bx%3D1%40ex%C3%A4mple.org"',
  'a href="/x?to=O\'Hara%2Bx%3D1%40ex%C3%A4mple.org"',
  'O&#39;Hara+x&#61;1@exämple.org',
  'O&#x27;Hara+x&#x3D;1@exämple.org',
  "O'Hara+x=3D1@ex=C3=A4mple.org",
  "O'Hara+=\r\nx=3D1@ex=C3=\r\n=A4mple.org",
])('knows %s', (text) => {
  expect(found(text)).toBe(true)
})

it('knows it in base64, wherever it stands and however the lines are broken', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      fc.integer({ min: 4, max: 76 }),
      (before, after, width) => {
        const encoded = Buffer.from(`${before}O'Hara+x=1@exämple.org${after}`).toString('base64')
        expect(found(encoded.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n'))).toBe(true)
      },
    ),
  )
})

it('finds nothing in other mail, however short the address', () => {
  const short = addressTraces(['a@b.co'])
  expect([...short.plain, ...short.base64]).not.toContain('')
  expect(mentions(Buffer.from('QGIu YUBi Nothing of it here'), short)).toBe(false)
  expect(found("Dear O'Hara, O'Hara+x=1@elsewhere.org")).toBe(false)
})
