import * as fc from 'fast-check'
import { brandContrast } from '../../src/rendering/brand-contrast.js'
import { contrast } from '../../src/rendering/contrast.js'

const colour = fc.nat(0xffffff).map((number) => `#${number.toString(16).padStart(6, '0')}`)

it('uses a readable shade wherever a colour is too weak, and the colour itself wherever it is not', () => {
  fc.assert(
    fc.property(colour, colour, (primary, accent) => {
      for (const { foreground, background, used, isEnough, usedRatio } of brandContrast({
        primary,
        accent,
      })) {
        expect(contrast(used, background)).toBeGreaterThanOrEqual(4.5)
        expect(usedRatio).toBeGreaterThanOrEqual(4.5)
        expect(isEnough).toBe(contrast(foreground, background) >= 4.5)
      }
    }),
  )
})

it('never rounds a weak ratio up to one that is enough', () => {
  const [links] = brandContrast({ primary: '#777777', accent: '#000000' })
  expect(links).toMatchObject({ what: 'Links and headings', ratio: 4.4, isEnough: false })
})
