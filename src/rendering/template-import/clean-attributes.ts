import { decodeReferences } from './decode.js'
import type { Report } from './imported-template.js'
import type { Attribute, MarkupTag, ValuePart } from './read-tag.js'
import type { MergePiece } from './translate-merges.js'

const ADDRESSES = new Set([
  ...['href', 'src', 'srcset', 'action', 'formaction', 'background', 'background-url', 'poster', 'data'],
  ...[
    'xlink:href',
    'thumbnails-src',
    'cite',
    'longdesc',
    'lowsrc',
    'dynsrc',
    'icon-wrapped-url',
    'icon-unwrapped-url',
  ],
])
const NEVER = /^(?:on|srcdoc$|formaction$|ping$|mc:|xmlns:mc$|data-mc-)/i
const WORDS = new Set(['alt', 'title', 'content', 'name', 'summary', 'aria-label'])
const ACTIVE = /^(?:javascript|vbscript|livescript|mocha):/i
const RUNS = /expression\(|(?:java|vb)script:|-moz-binding|behavior:/i
const PICTURES = new Set([
  'img',
  'mj-image',
  'mj-hero',
  'mj-carousel-image',
  'mj-section',
  'mj-wrapper',
  'v:fill',
  'v:image',
])

export type Cleaning = { report: Report; pieces: (string | MergePiece)[]; remotePictures: number[] }

/** Writes the attributes of a tag without those that act, run or load what a mail must not. */
export function writeAttributes(tag: MarkupTag, { report, pieces, remotePictures }: Cleaning): void {
  for (const attribute of tag.attributes) {
    const { at, before, name, loose } = attribute
    if (loose) {
      pieces.push(before, { at, merge: loose, raw: name, place: 'loose', quote: '', inAddress: false })
      continue
    }
    const address = addressOf(attribute)
    const refused = refusal(tag.name, attribute, address)
    if (refused) {
      report('removed', at, name, refused)
      if (!NEVER.test(name) && name.toLowerCase() === 'href') pieces.push(`${before}${name}="#"`)
      continue
    }
    if (
      PICTURES.has(tag.name) &&
      ADDRESSES.has(name.toLowerCase()) &&
      /^(?:https?:)?\/\//i.test(address) &&
      name.toLowerCase() !== 'href'
    )
      remotePictures.push(at)
    writeValue(attribute, tag, { report, pieces })
  }
}

/** The address as a browser reads it, without what a value may leave empty. */
function addressOf({ value }: Attribute): string {
  const text = value.filter((part) => typeof part === 'string').join('')
  return decodeReferences(text.slice(0, 2000)).replace(
    /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]+/g,
    '',
  )
}

function refusal(tag: string, { name, value }: Attribute, address: string): string | null {
  const lower = name.toLowerCase()
  if (/^mc:|^xmlns:mc$|^data-mc-/.test(lower))
    return 'Regions that Mailchimp lets people edit: their content stays, as part of the template.'
  if (NEVER.test(lower)) return 'Handlers and what they load do not work in mail and are not allowed.'
  if (!WORDS.has(lower) && ACTIVE.test(address)) return 'Links that run a script are not allowed.'
  if (ADDRESSES.has(lower) && /^data:/i.test(address))
    return 'Data in an address does not reach most mail programs: put the picture on a web server.'
  // MJML writes most of its attributes into style rules.
  const isStyle = lower === 'style' || (tag.startsWith('mj-') && lower !== 'href' && !WORDS.has(lower))
  if (isStyle && RUNS.test(asCssReads(address))) return 'Styles that run a script are not allowed.'
  const named = typeof value[0] === 'string' ? value[0].trim() : ''
  if (
    tag === 'mj-html-attribute' &&
    lower === 'name' &&
    /^on|^srcdoc|^href|^src|^action|^formaction/i.test(named)
  )
    return 'Attributes that act cannot be set from the head.'
  return null
}

/** A value without comments and escapes of style rules, which could hide a word. */
function asCssReads(address: string): string {
  return address
    .replace(/\/\*.*?(?:\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})/gi, (_, code: string) => {
      const point = Number.parseInt(code, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : ''
    })
    .replace(/\\/g, '')
}

function writeValue(
  { at, before, name, equals, quote, value }: Attribute,
  tag: MarkupTag,
  { pieces, report }: Pick<Cleaning, 'pieces' | 'report'>,
): void {
  if (equals === '') {
    pieces.push(before + name)
    return
  }
  const merges = value.some((part) => typeof part !== 'string')
  const own = quote || (merges ? '"' : '')
  const inAddress = ADDRESSES.has(name.toLowerCase())
  pieces.push(`${before}${name}${equals}${own}`)
  for (const part of trackedAway(value, inAddress, () => report('translated', at, '@TrackLink', TRACKED))) {
    if (typeof part === 'string') pieces.push(safeText(part, tag, own))
    else
      pieces.push({
        at: part.merge.at,
        merge: part.merge,
        raw: part.raw,
        place: 'value',
        quote: own,
        inAddress,
      })
  }
  pieces.push(own)
}

const TRACKED = 'The address itself stands here now.'

/** listmonk marks links it shall count with a suffix. */
function trackedAway(
  value: readonly ValuePart[],
  inAddress: boolean,
  found: () => void,
): readonly ValuePart[] {
  const last = value.at(-1)
  if (!inAddress || typeof last !== 'string' || !last.endsWith('@TrackLink')) return value
  found()
  return [...value.slice(0, -1), last.slice(0, -'@TrackLink'.length)]
}

/** MJML copies values into double quotes as they are: a quote inside would end them there. */
function safeText(text: string, { name }: MarkupTag, quote: string): string {
  if (quote === '"') return text.includes('"') ? text.replace(/"/g, '&quot;') : text
  return name.startsWith('mj') ? text.replace(/"/g, '&quot;') : text
}
