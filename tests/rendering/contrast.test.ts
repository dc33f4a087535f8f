import fc from 'fast-check'
import { contrast, ENOUGH_CONTRAST, readableOn, textOn } from '../../src/rendering/contrast.js'
import { palette } from '../../src/rendering/palette.js'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

it('knows the contrasts that WCAG gives as examples', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2)
  expect(contrast('#123456', '#123456')).toBe(1)
})

it('finds readable text for every background', () => {
  fc.assert(
    fc.property(colour, (background) => {
      expect(contrast(textOn(background), background)).toBeGreaterThanOrEqual(ENOUGH_CONTRAST)
    }),
  )
})

it('keeps a colour that reads well and shades the others until they do', () => {
  expect(readableOn(['#ffffff'], '#0f4c5c')).toBe('#0f4c5c')
  fc.assert(
    fc.property(colour, (wanted) => {
      for (const background of ['#ffffff', '#182429'])
        expect(contrast(readableOn([background], wanted), background)).toBeGreaterThanOrEqual(ENOUGH_CONTRAST)
    }),
  )
})

it('makes a palette that is readable in light and dark for any two brand colours', () => {
  fc.assert(
    fc.property(colour, colour, (primary, accent) => {
      const { light, dark, ...made } = palette({ primary, accent })
      const pairs = [
        [made.onPrimary, primary],
        [made.onAccent, accent],
        [made.link, light.paper],
        [made.link, light.canvas],
        [made.darkLink, dark.paper],
        [made.darkLink, dark.canvas],
        [made.onDarkLink, made.darkLink],
        [made.label, light.paper],
        [made.darkLabel, dark.paper],
        [light.ink, light.paper],
        [light.quiet, light.canvas],
        [dark.ink, dark.paper],
        [dark.quiet, dark.canvas],
      ] as const
      for (const [text, background] of pairs)
        expect(contrast(text, background)).toBeGreaterThanOrEqual(ENOUGH_CONTRAST)
    }),
  )
})
