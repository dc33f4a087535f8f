import { builtInDesign, DEFAULT_DESIGN } from '../designs.js'
import { look } from '../shell.js'

/** The slot that stands where the blocks of an issue go. */
export const BLOCKS_SLOT = 'blocks'
/** The slot that stands where the common part of the head goes, which says how blocks look; without it, it goes to the top of the head. */
export const BASE_SLOT = 'base'

/** What everything in a mail may ask for, for trying a template without an issue. */
export const SAMPLE_LOOK = look({
  brand: { name: '', url: '', colours: { primary: '#0f4c5c', accent: '#b45309' } },
  design: builtInDesign(DEFAULT_DESIGN),
  direction: 'ltr',
  language: 'en',
})

/** What a template may ask of the issue and the brand besides merge fields, each written as `{{name}}`. */
export const TEMPLATE_SLOTS: readonly string[] = [
  ...[BLOCKS_SLOT, BASE_SLOT, 'subject', 'preheader'],
  ...Object.keys(flatten(SAMPLE_LOOK)),
]

// Letters for private use: nobody writes them, and MJML and the parser of merge fields let them be.
const [OPEN, CLOSE, FILL] = ['\ue000', '\ue001', '\ue002']
const FIRST_NAME = 0xe100
const RESERVED = /[\ue000-\ue1ff]/g
const MASK = /\ue000([\ue100-\ue1ff])\ue002*\ue001/g
const SLOT = /\{\{\{?[ \t]{0,20}([a-zA-Z][\w.]{0,60})[ \t]{0,20}\}?\}\}/g

/** How the places of blocks are written while merge tags are looked for. */
export const BLOCKS_MASK = new RegExp(`\\ue000${letterOf(BLOCKS_SLOT)}\\ue002*\\ue001`, 'g')
const BASE_MASK = `${OPEN}${letterOf(BASE_SLOT)}${CLOSE}`

/** Puts words in the place of slots that a parser of merge fields passes over, as long as they were; lines and columns stay. */
export function maskSlots(source: string): string {
  return source.replace(RESERVED, ' ').replace(SLOT, (whole, name: string) => {
    if (!TEMPLATE_SLOTS.includes(name)) return whole
    return `${OPEN}${letterOf(name)}${FILL.repeat(Math.max(0, whole.length - 3))}${CLOSE}`
  })
}

/** The slots of a source with the lines they stand in. */
export function slotsIn(source: string): { name: string; line: number }[] {
  return [...source.matchAll(SLOT)]
    .filter(([, name = '']) => TEMPLATE_SLOTS.includes(name))
    .map(({ 1: name = '', index }) => ({ name, line: source.slice(0, index).split('\n').length }))
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

/** Puts the common part of the head into masked MJML that does not say where it goes: before the template's own, which may overrule it. */
export function withBaseSlot(masked: string): string {
  if (masked.includes(OPEN + letterOf(BASE_SLOT))) return masked
  if (/<mj-head[\s>]/i.test(masked)) return masked.replace(/<mj-head[^>]*>/i, (head) => head + BASE_MASK)
  return masked.replace(/<mjml[^>]*>/i, (opening) => `${opening}<mj-head>${BASE_MASK}</mj-head>`)
}
