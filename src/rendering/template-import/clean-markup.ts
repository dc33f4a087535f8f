import { type Cleaning, writeAttributes } from './clean-attributes.js'
import { cleanStyle } from './clean-style.js'
import type { Report } from './imported-template.js'
import { goneElement, type Legacy, legacyNames } from './legacy-mjml.js'
import type { Markup } from './read-markup.js'
import type { MarkupTag } from './read-tag.js'
import { createStructure, type Structure } from './structure.js'
import type { MergePiece } from './translate-merges.js'

/** Tags that go while their content stays. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['form', 'input', 'button', 'label', 'fieldset', 'option', 'datalist', 'output'].map((name) => [
      name,
      'Forms do not work in mail and are not allowed: link to a page with the form.',
    ]),
  ),
  ...Object.fromEntries(
    ['embed', 'frame', 'frameset', 'noframes', 'param', 'portal', 'source', 'track'].map((name) => [
      name,
      'Embedded pages and players do not work in mail and are not allowed.',
    ]),
  ),
  ...Object.fromEntries(
    ['script', 'iframe', 'object', 'applet', 'svg', 'math', 'select', 'textarea', 'audio', 'video'].map(
      (name) => [name, 'This closes something that is not allowed.'],
    ),
  ),
  ...Object.fromEntries(
    ['noscript', 'noembed', 'xmp', 'plaintext', 'template', 'dialog'].map((name) => [
      name,
      'This tag means nothing in mail: its content stays.',
    ]),
  ),
  base: 'A base address would change what every link means.',
  link: 'Style sheets and fonts from elsewhere are not loaded by mail programs and not allowed.',
  'mj-font': 'Fonts from elsewhere are not allowed: readers see the next font of the list.',
  'mj-include': 'Files cannot be included: paste their content here.',
}

export type Cleaned = { pieces: (string | MergePiece)[]; remotePictures: number[] }

/** Takes out what a mail must not hold and gives old MJML its new names; everything else stays byte for byte. */
export function cleanMarkup(markup: readonly Markup[], isMjml: boolean, report: Report): Cleaned {
  const legacy = isMjml
    ? legacyNames(markup.flatMap((part) => (part.kind === 'tag' ? [part.tag] : [])))
    : new Map()
  const cleaning: Cleaning = { report, pieces: [], remotePictures: [] }
  const structure = createStructure()
  for (const part of markup) clean(part, { cleaning, legacy, structure, isMjml })
  return cleaning
}

type Scope = { cleaning: Cleaning; legacy: Legacy; structure: Structure; isMjml: boolean }

function clean(part: Markup, scope: Scope): void {
  const { report, pieces } = scope.cleaning
  switch (part.kind) {
    case 'text':
    case 'comment':
      pieces.push(part.text)
      return
    case 'style':
      pieces.push(cleanStyle(part, report))
      return
    case 'merge': {
      const place = scope.isMjml && !part.isInTitle && scope.structure.holdsNoText() ? 'between' : 'text'
      pieces.push({ at: part.at, merge: part.merge, raw: part.raw, place, quote: '', inAddress: false })
      return
    }
    case 'gone':
      report('removed', part.at, part.raw, `<${part.name}> and what is in it are not allowed in mail.`)
      return
    case 'broken':
      report('changed', part.at, '<', 'This begins a tag that never ends: it is plain text now.')
      pieces.push('&lt;')
      return
    case 'cdata':
      report('changed', part.at, part.raw, 'MJML reads what is in here without this mark.')
      return
    case 'tag':
      cleanTag(part, scope)
  }
}

function cleanTag({ at, tag, raw }: Extract<Markup, { kind: 'tag' }>, scope: Scope): void {
  const { report, pieces } = scope.cleaning
  const refused = Object.hasOwn(LEFT_OUT, tag.name) ? LEFT_OUT[tag.name] : metaRefusal(tag)
  if (refused) {
    report('removed', at, raw, refused)
    return
  }
  const renamed = scope.legacy.get(tag.name)
  if (renamed && !tag.closing) report('changed', at, `<${tag.name}>`, renamed.message)
  if (renamed?.name === null) return
  const gone = scope.isMjml && !tag.closing ? goneElement(tag.name) : null
  if (gone) report('untranslated', at, `<${tag.name}>`, gone)
  const name = renamed?.name ?? raw.slice(tag.closing ? 2 : 1, (tag.closing ? 2 : 1) + tag.name.length)
  scope.structure.see(name.toLowerCase(), tag)
  if (tag.closing && renamed?.inner) pieces.push(`</${renamed.inner}>`)
  pieces.push(`<${tag.closing ? '/' : ''}${name}`)
  if (!tag.closing) writeAttributes(tag, scope.cleaning)
  pieces.push(`${tag.tail}>`)
  if (!tag.closing && !tag.selfClosing && renamed?.inner) pieces.push(`<${renamed.inner}>`)
}

function metaRefusal({ name, attributes }: MarkupTag): string | null {
  if (name !== 'meta') return null
  const refreshes = attributes.some(
    (attribute) => attribute.name.toLowerCase() === 'http-equiv' && !isHarmless(attribute.value),
  )
  return refreshes ? 'A mail cannot send its reader elsewhere or set rules for the browser.' : null
}

function isHarmless(value: readonly unknown[]): boolean {
  return (
    value.length === 1 && /^\s*(?:content-type|x-ua-compatible|content-language)\s*$/i.test(String(value[0]))
  )
}
