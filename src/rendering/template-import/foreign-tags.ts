import { TEMPLATE_SLOTS } from '../own-template/slots.js'
import { cleanStyle } from './clean-style.js'
import type { Report } from './imported-template.js'
import type { Markup } from './read-markup.js'
import type { ValuePart } from './read-tag.js'

const LONGEST = 120

/** How services whose language is not translated write their merge tags, told from prose by their shape. */
const SHAPES: readonly RegExp[] = [
  // %%First Name%%, %%=Lookup(…)=%%, %%[ … ]%%, %FIRSTNAME%
  /%%[A-Za-z_=[][^%\n]{0,110}%%|%(?![0-9A-Fa-f]{2})[A-Z][A-Z0-9_-]{2,40}%/,
  // [[data:name:"x"]], [[firstname]]
  /\[\[[A-Za-z$#/][^[\]\n]{0,110}\]\]/,
  // {$name}, {!name}, ${name}, #{name}, {if $name}
  /\{[$!][A-Za-z_][^{}\n]{0,100}\}|[$#]\{[A-Za-z_][\w.]{0,60}\}/,
  /\{(?:if|elseif|foreach)\s[^{}\n]{1,100}\}|\{else\}|\{\/(?:if|foreach)\}/,
  // {contactfield=firstname|x}, {contact.first_name}, {subtag:name}, {unsubscribe_url}
  /\{(?:contactfield|pagelink|assetlink|token|dynamiccontent)=[^{}\n]{1,100}\}/,
  /\{(?:contact|subscriber|recipient|user|customer|action|mailing|domain|subtag|member|event|message)[.:][A-Za-z_][^{}\s]{0,60}\}/,
  /\{\/?(?:un|re)?(?:subscribe|webview|webversion|preferences?|view_in_browser|optout|opt_out|signature|tracking_pixel)(?:_?(?:url|link|text))?\}/,
  // <%= name %>
  /<%[=\-#]?[^%>\n]{1,110}%>/,
  // [unsubscribe], [Name,fallback=x], [UNSUBSCRIBEURL], [NAME%%x]
  /\[(?:unsubscribe|webversion|forwardtoafriend|preferences|current(?:day|month|year)\w{0,8})\]/,
  /\[[A-Za-z][\w ]{0,40},\s?fallback=[^\]\n]{0,80}\]|\[[A-Z][A-Z ]{1,40}%%[^\]\n]{0,80}\]/,
  /\[(?:(?:UNSUBSCRIBE|PREFERENCES|CONFIRMATION|FORWARD|BLACKLIST)URL|CONTENT|USERTRACK|FOOTER|SIGNATURE|LISTOWNER)\]/,
  // *|NAME| and |*NAME*|, which somebody mistyped
  /\*\|[A-Z][A-Z0-9_:]{1,60}\|(?!\*)|\|\*[A-Z][A-Z0-9_:]{1,60}\*\|/,
  // {NAME}, $NAME$, #NAME#, %recipient.name%
  /\{[A-Z][A-Z0-9_]{2,40}\}|\$[A-Z][A-Z_]{2,40}\$|#[A-Z][A-Z_]{2,40}#/,
  /%(?:recipient|contact|subscriber|user|customer)\.\w{1,40}%/,
  // ##NAME##, @@name@@
  /##[A-Z][A-Z0-9_]{1,40}##|@@[A-Za-z]\w{1,40}@@/,
]
const ANY = new RegExp(SHAPES.map(({ source }) => `(?:${source})`).join('|'), 'g')
const IN_STYLE = /\*\|[A-Z][^|\n]{0,60}\|\*|\{\{([^{}\n]{1,100})\}\}|\{%[^%\n]{1,100}%\}/g

/** Elements that only the services that made them understand. */
const FOREIGN_ELEMENTS = new Set([
  ...['unsubscribe', 'webversion', 'forwardtoafriend', 'preferences', 'singleline', 'multiline', 'repeater'],
  ...[
    'layout',
    'editable',
    'tableofcontents',
    'currentday',
    'currentmonth',
    'currentmonthname',
    'currentyear',
  ],
  ...['webcopy', 'hs-link', 'dynamic', 'custom', 'ctrk', 'module'],
])

const MESSAGE =
  'This looks like a merge tag of a service that is not translated: it stays as it is, and readers would see it.'
const ELEMENT = 'This element means something to one service only: mail programs see but what is in it.'
const STYLE = 'Merge tags in style rules are not translated: write what it stands for.'
const ATTACHED =
  'This picture was part of the mail it came from: put it into the library and write its address.'

/** Names what looks like a merge tag in a language that the import does not speak, or could not come along; it changes nothing. */
export function reportForeignTags(markup: readonly Markup[], report: Report): void {
  let run = { at: 0, text: '' }
  const finish = () => {
    for (const { index, 0: tag } of shapesIn(run.text)) tell(report, run.at + index, tag, MESSAGE)
    run = { at: 0, text: '' }
  }
  for (const part of markup) {
    const text = wordsOf(part)
    if (text !== null) {
      // Brackets may be a tag of ours, or half of one of theirs.
      if (run.at + run.text.length !== part.at) finish()
      run = run.text === '' ? { at: part.at, text } : { at: run.at, text: run.text + text }
      continue
    }
    finish()
    if (part.kind === 'style') lookAtStyle(part, report)
    if (part.kind === 'tag') lookAtTag(part, report)
  }
  finish()
}

function wordsOf(part: Markup): string | null {
  if (part.kind === 'text') return part.text
  return part.kind === 'merge' && part.merge.style === 'brackets' ? part.raw : null
}

function lookAtTag({ at, tag }: Extract<Markup, { kind: 'tag' }>, report: Report): void {
  if (FOREIGN_ELEMENTS.has(tag.name) && !tag.closing) tell(report, at, `<${tag.name}>`, ELEMENT)
  for (const { at: place, value, name } of tag.attributes) {
    if (name.toLowerCase() === 'style') continue
    const text = value.map(readable).join('').slice(0, 4000)
    if (/^\s*cid:/i.test(text)) tell(report, place, text, ATTACHED)
    for (const [found] of shapesIn(text)) tell(report, place, found, MESSAGE)
  }
}

function readable(part: ValuePart): string {
  return typeof part === 'string' ? part : part.merge.style === 'brackets' ? part.raw : '\n'
}

function lookAtStyle(part: Extract<Markup, { kind: 'style' }>, report: Report): void {
  const found = [...part.text.matchAll(IN_STYLE)].filter(([, inside = '']) => !isOurs(inside.trim()))
  if (found.length === 0) return
  const kept = cleanStyle(part, () => undefined)
  for (const { index, 0: tag } of found) if (kept.includes(tag)) tell(report, part.at + index, tag, STYLE)
}

function isOurs(inside: string): boolean {
  return TEMPLATE_SLOTS.includes(inside) || /^(?:contact|issue|links)\.[A-Z]/.test(inside)
}

function shapesIn(text: string): RegExpExecArray[] {
  return /[%[{<#@$|]/.test(text) ? [...text.matchAll(ANY)] : []
}

function tell(report: Report, at: number, tag: string, message: string): void {
  report('untranslated', at, tag.slice(0, LONGEST), message)
}
