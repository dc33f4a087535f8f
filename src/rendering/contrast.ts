/** The contrast that WCAG 2.2 asks for between text and its background (success criterion 1.4.3, level AA). */
export const ENOUGH_CONTRAST = 4.5

/** The relative luminance of a colour such as `#0f4c5c`, 0 for black to 1 for white (WCAG 2.2, "relative luminance"). */
export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast ratio of two colours, 1 to 21, whichever comes first (WCAG 2.2, "contrast ratio"). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** White where it reads well on a background, else black, which then has more than enough contrast (21 / 4.5). */
export function textOn(background: string): '#000000' | '#ffffff' {
  return contrast(background, '#ffffff') >= ENOUGH_CONTRAST ? '#ffffff' : '#000000'
}

/** The colour itself if it reads well on all the backgrounds, else the nearest shade towards black or white that does. */
export function readableOn(backgrounds: readonly string[], colour: string): string {
  const first = backgrounds[0] ?? '#ffffff'
  const goal = textOn(first)
  for (let share = 0; share < 1; share += 0.04) {
    const shade = mix(colour, goal, share)
    if (backgrounds.every((background) => contrast(shade, background) >= ENOUGH_CONTRAST)) return shade
  }
  return goal
}

/** A colour with a share, 0 to 1, of another one in it. */
export function mix(colour: string, goal: string, share: number): string {
  const target = channels(goal)
  return `#${channels(colour)
    .map((value, index) => Math.round(value + ((target[index] ?? 0) - value) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) || 0)
}
