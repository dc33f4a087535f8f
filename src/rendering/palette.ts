import { mix, readableOn, textOn } from './contrast.js'

const LIGHT = { canvas: '#eaf0f1', paper: '#ffffff', ink: '#24323a', quiet: '#465860', rule: '#c9d6d9' }
const DARK = { canvas: '#0c1215', paper: '#182429', ink: '#e8eef0', quiet: '#b7c4c9', rule: '#3a4b52' }

/** The brand colours until somebody chooses others. */
export const HOUSE_COLOURS = { primary: '#0f4c5c', accent: '#c2570c' }

const TINT_SHARE = 0.08

/** The colours of a mail: the brand's own on its surfaces, and what is readable in every place, light and dark. */
export type Palette = {
  light: typeof LIGHT
  dark: typeof DARK
  primary: string
  onPrimary: string
  accent: string
  onAccent: string
  /** Links and headings on paper and canvas. */
  link: string
  darkLink: string
  onDarkLink: string
  /** Small labels in the accent colour. */
  label: string
  darkLabel: string
  /** A surface with a breath of the main colour; links and labels are readable on it too. */
  tint: string
}

/** Works the palette out from the two brand colours, each as `#rrggbb`. */
export function palette({ primary, accent }: { primary: string; accent: string }): Palette {
  const tint = mix('#ffffff', primary, TINT_SHARE)
  const darkLink = readableOn([DARK.paper, DARK.canvas], primary)
  return {
    light: LIGHT,
    dark: DARK,
    primary,
    onPrimary: textOn(primary),
    accent,
    onAccent: textOn(accent),
    link: readableOn([LIGHT.paper, LIGHT.canvas, tint], primary),
    darkLink,
    onDarkLink: textOn(darkLink),
    label: readableOn([LIGHT.paper, LIGHT.canvas, tint], accent),
    tint,
    darkLabel: readableOn([DARK.paper, DARK.canvas], accent),
  }
}
