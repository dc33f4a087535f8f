import { palette } from '../palette.js'

/** The slot that stands where the blocks of an issue go. */
export const BLOCKS_SLOT = 'blocks'

const COLOURS = Object.keys(flatten(palette({ primary: '#000000', accent: '#000000' })))

/** What a template may ask of the issue and the brand besides merge fields, each written as `{{name}}`. */
export const TEMPLATE_SLOTS: readonly string[] = [
  BLOCKS_SLOT,
  ...['subject', 'preheader', 'language', 'direction', 'start', 'end'],
  ...COLOURS,
]

// Letters for private use: nobody writes them, and MJML and the parser of merge fields let them be.
const [OPEN, CLOSE, FILL] = ['\ue000', '\ue001', '\ue002']
const FIRST_NAME = 0xe100
const RESERVED = /[\ue000-\ue1ff]/g
const MASK = /\ue000([\ue100-\ue1ff])\ue002*\ue001/g
const SLOT = /\{\{\{?[ \t]{0,20}([a-zA-Z][\w.]{0,60})[ \t]{0,20}\}?\}\}/g

/** How a slot is written while merge tags are looked for. */
export const BLOCKS_MASK = new RegExp(`\\ue000${letterOf(BLOCKS_SLOT)}\\ue002*\\ue001`, 'g')

/** Puts words in the place of slots that a parser of merge fields passes over, as long as they were; lines and columns stay. */
export function maskSlots(source: string): string {
  return source.replace(RESERVED, ' ').replace(SLOT, (whole, name: string) => {
    if (!TEMPLATE_SLOTS.includes(name)) return whole
    return `${OPEN}${letterOf(name)}${FILL.repeat(Math.max(0, whole.length - 3))}${CLOSE}`
  })
}

/** Fills masked slots; what has no value becomes nothing. */
export function fillSlots(masked: string, values: Readonly<Record<string, string>>): string {
  return masked.replace(
    MASK,
    (_, letter: string) => values[TEMPLATE_SLOTS[letter.charCodeAt(0) - FIRST_NAME] ?? ''] ?? '',
  )
}

/** The texts of nested values by their names with points between, such as `light.ink`. */
export function flatten(values: object, before = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] => {
      if (typeof value === 'string') return [[before + name, value]]
      return value && typeof value === 'object' ? Object.entries(flatten(value, `${before}${name}.`)) : []
    }),
  )
}

/** Every slot as it is written in a template: what a copy of a built-in design is filled with. */
export function slotsAsWritten(): Record<string, unknown> {
  const written: Record<string, unknown> = {}
  for (const name of TEMPLATE_SLOTS) {
    const [first = '', second] = name.split('.')
    if (second === undefined) written[first] = `{{${name}}}`
    else written[first] = { ...(written[first] as object | undefined), [second]: `{{${name}}}` }
  }
  return written
}

function letterOf(name: string): string {
  return String.fromCharCode(FIRST_NAME + TEMPLATE_SLOTS.indexOf(name))
}
