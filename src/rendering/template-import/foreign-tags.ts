import type { Report } from './imported-template.js'
import type { Markup } from './read-markup.js'

const LONGEST = 120

/** How services whose language is not translated write their merge tags, told apart from prose by their shape. */
const SHAPES: readonly RegExp[] = [
  // %%First Name%%, %%=Lookup(…)=%%, %%[ … ]%%, %FIRSTNAME%
  /%%[A-Za-z_=[][^%\n]{0,110}%%|%(?![0-9A-Fa-f]{2})[A-Z][A-Z0-9_-]{2,40}%/,
  // [[data:name:"x"]], [[firstname]]
  /\[\[[A-Za-z$#/][^[\]\n]{0,110}\]\]/,
  // {$name}, {!name}, ${name}, #{name}
  /\{[$!][A-Za-z_][^{}\n]{0,100}\}|[$#]\{[A-Za-z_][\w.]{0,60}\}/,
  // {contactfield=firstname|x}, {contact.first_name}, {subtag:name}, {unsubscribe_url}
  /\{(?:contactfield|pagelink|assetlink|token|dynamiccontent)=[^{}\n]{1,100}\}/i,
  /\{(?:contact|subscriber|recipient|user|customer|action|mailing|domain|subtag|member|event|message)[.:][A-Za-z_][^{}\s]{0,60}\}/i,
  /\{\/?(?:un|re)?(?:subscribe|webview|webversion|preferences?|view_in_browser|optout|opt_out)(?:_?(?:url|link|text))?\}/i,
  // <%= name %>
  /<%[=\-#]?[^%>\n]{1,110}%>/,
  // [unsubscribe], [Name,fallback=x]
  /\[(?:unsubscribe|webversion|forwardtoafriend|preferences|currentday|currentmonthname|currentyear)\]/i,
  /\[[A-Za-z][\w ]{0,40},\s?fallback=[^\]\n]{0,80}\]/i,
  /\[(?:UNSUBSCRIBE|PREFERENCES|CONFIRMATION|FORWARD|BLACKLIST)URL\]|\[(?:USERTRACK|FOOTER|SIGNATURE|LISTOWNER)\]/,
  // ##NAME##, @@name@@
  /##[A-Z][A-Z0-9_]{1,40}##|@@[A-Za-z]\w{1,40}@@/,
]
const ANY = new RegExp(SHAPES.map(({ source }) => `(?:${source})`).join('|'), 'g')

/** Elements that only the services that made them understand. */
const FOREIGN_ELEMENTS = new Set([
  ...['unsubscribe', 'webversion', 'forwardtoafriend', 'preferences', 'singleline', 'multiline', 'repeater'],
  ...['layout', 'editable', 'tableofcontents', 'currentday', 'currentmonthname', 'currentyear', 'webcopy'],
  ...['hs-link', 'dynamic', 'custom', 'ctrk', 'module', 'gmail-tabs'],
])

const MESSAGE =
  'This looks like a merge tag of a service that is not translated: it stays as it is, and readers would see it.'
const ELEMENT = 'This element means something to one service only: mail programs see but what is in it.'

/** Names what looks like a merge tag in a language that the import does not speak; it changes nothing. */
export function reportForeignTags(markup: readonly Markup[], report: Report): void {
  for (const part of markup) {
    if (part.kind === 'text') look(part.text, part.at, report)
    if (part.kind !== 'tag') continue
    if (FOREIGN_ELEMENTS.has(part.tag.name) && !part.tag.closing)
      report('untranslated', part.at, `<${part.tag.name}>`, ELEMENT)
    for (const { at, value, name } of part.tag.attributes) {
      const text = value.filter((each) => typeof each === 'string').join(' ')
      if (name.toLowerCase() !== 'style') look(text.slice(0, 4000), at, report, true)
    }
  }
}

function look(text: string, at: number, report: Report, isValue = false): void {
  if (!/[%[{<#@]/.test(text)) return
  for (const found of text.matchAll(ANY))
    report('untranslated', isValue ? at : at + found.index, found[0].slice(0, LONGEST), MESSAGE)
}
