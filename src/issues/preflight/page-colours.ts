import { contrast, ENOUGH_CONTRAST } from '../../rendering/contrast.js'

/** How a text stands on the page; `ground` is null behind a picture, `ink` null when it cannot be told. `size` is in CSS pixels. */
export type Colours = { ink: string | null; ground: string | null; size: number; isBold: boolean }

// WCAG 2.2, "large scale": 18 point, or 14 point and bold.
const LARGE_PX = 24
const LARGE_BOLD_PX = 18.66
const ENOUGH_FOR_LARGE = 3

const NAMED: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  pink: '#ffc0cb',
  lime: '#00ff00',
  aqua: '#00ffff',
  cyan: '#00ffff',
  navy: '#000080',
  purple: '#800080',
}

/** The colours of an element inside one with these colours. */
export function coloursOf(outer: Colours, attributes: Readonly<Record<string, string>>): Colours {
  const style = declarations(attributes['style'] ?? '')
  const ink = style.has('color') ? parseColour(style.get('color') ?? '') : undefined
  const ground = groundOf(style, attributes)
  const size = /^([\d.]+)px$/.exec(style.get('font-size') ?? '')?.[1]
  const weight = style.get('font-weight')
  return {
    ink: ink === undefined ? outer.ink : ink,
    ground: ground === undefined ? outer.ground : ground,
    size: size ? Number(size) : outer.size,
    isBold: weight ? /^(bold|bolder|[6-9]00)$/.test(weight) : outer.isBold,
  }
}

function groundOf(
  style: ReadonlyMap<string, string>,
  attributes: Readonly<Record<string, string>>,
): string | null | undefined {
  const short = style.get('background')
  if (/url\(/i.test(`${short ?? ''}${style.get('background-image') ?? ''}`) || attributes['background'])
    return null
  const named = style.get('background-color') ?? short ?? attributes['bgcolor']
  if (named === undefined || /^(transparent|none|inherit|initial)/i.test(named)) return undefined
  return parseColour(named.split(/\s+(?![^(]*\))/)[0] ?? '')
}

/** The contrast of a text if it is too small to be read well, else null; also null where a colour cannot be told. */
export function contrastOf({ ink, ground, size, isBold }: Colours): number | null {
  if (!ink || !ground) return null
  const isLarge = size >= LARGE_PX || (isBold && size >= LARGE_BOLD_PX)
  const ratio = contrast(ink, ground)
  return ratio < (isLarge ? ENOUGH_FOR_LARGE : ENOUGH_CONTRAST) ? ratio : null
}

/** A CSS colour as `#rrggbb`; null for one that we cannot tell, such as a half transparent one. */
export function parseColour(text: string): string | null {
  const value = text.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(value)) return value
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value)
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`
  const parts = /^rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)$/.exec(value)
  if (parts) {
    const channels = parts.slice(1).map(Number)
    if (channels.some((channel) => channel > 255)) return null
    return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
  }
  return Object.hasOwn(NAMED, value) ? (NAMED[value] ?? null) : null
}

function declarations(style: string): Map<string, string> {
  const found = new Map<string, string>()
  // A semicolon inside url(data:…) or quotes ends nothing.
  for (const part of style.match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\)|[("'])+/g) ?? []) {
    const at = part.indexOf(':')
    if (at < 0) continue
    const value = part
      .slice(at + 1)
      .replace(/!important/i, '')
      .trim()
    found.set(part.slice(0, at).trim().toLowerCase(), value)
  }
  return found
}
