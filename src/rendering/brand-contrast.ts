import { contrast, ENOUGH_CONTRAST } from './contrast.js'
import { palette } from './palette.js'

/** How well one use of a brand colour reads, on a light or a dark screen. */
export type BrandContrast = {
  what: string
  screen: 'light' | 'dark'
  /** The colours as the brand has them. */
  foreground: string
  background: string
  /** 1 to 21, rounded down to one decimal so that 4.5 is never promised too early. */
  ratio: number
  isEnough: boolean
  /** What mails use in that place, and how well it reads. */
  used: string
  usedRatio: number
}

type Use = Pick<BrandContrast, 'what' | 'screen' | 'foreground' | 'background' | 'used'>

/** Checks the two brand colours, each as `#rrggbb`, wherever mails put them (WCAG 2.2, 1.4.3, level AA). */
export function brandContrast(colours: { primary: string; accent: string }): BrandContrast[] {
  const { light, dark, primary, accent, ...found } = palette(colours)
  const uses: Use[] = [
    {
      what: 'Links and headings',
      screen: 'light',
      foreground: primary,
      background: light.paper,
      used: found.link,
    },
    {
      what: 'Small labels',
      screen: 'light',
      foreground: accent,
      background: light.paper,
      used: found.label,
    },
    {
      what: 'Words on the main colour',
      screen: 'light',
      foreground: found.onPrimary,
      background: primary,
      used: found.onPrimary,
    },
    {
      what: 'Words on the second colour',
      screen: 'light',
      foreground: found.onAccent,
      background: accent,
      used: found.onAccent,
    },
    {
      what: 'Links and buttons',
      screen: 'dark',
      foreground: primary,
      background: dark.paper,
      used: found.darkLink,
    },
    {
      what: 'Small labels',
      screen: 'dark',
      foreground: accent,
      background: dark.paper,
      used: found.darkLabel,
    },
  ]
  return uses.map((use) => {
    const exact = contrast(use.foreground, use.background)
    return {
      ...use,
      ratio: shown(exact),
      isEnough: exact >= ENOUGH_CONTRAST,
      usedRatio: shown(contrast(use.used, use.background)),
    }
  })
}

function shown(ratio: number): number {
  return Math.floor(ratio * 10) / 10
}
