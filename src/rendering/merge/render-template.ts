import type { Place, Template, TemplateValues } from './template.js'

/** Fills a template: a missing value gives the fallback, and each value is encoded for the place where it lands. */
export function renderTemplate(template: Template, values: TemplateValues): string {
  let text = ''
  for (const node of template) {
    if (typeof node === 'string') text += node
    else if ('field' in node) text += encode(valueOf(node.field, values) || node.fallback, node.place)
    else text += renderTemplate(valueOf(node.if, values) ? node.then : node.else, values)
  }
  return text
}

function valueOf(field: string, values: TemplateValues): string {
  const dot = field.indexOf('.')
  const record = own(values, field.slice(0, dot))
  return String(record ? (own(record, field.slice(dot + 1)) ?? '') : '').trim()
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function encode(value: string, place: Place): string {
  switch (place) {
    case 'text':
      return singleLine(value)
    case 'html':
      return escapeHtml(singleLine(value))
    case 'url':
      return percentEncode(value)
    case 'link':
      return /^(https?:\/\/|mailto:)[^\s<>"]*$/i.test(value) ? escapeHtml(singleLine(value)) : '#'
  }
}

/** A value that cannot start a line of its own: control characters (CR and LF among them) become spaces. */
export function singleLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
}

// encodeURIComponent leaves !'()* alone; an apostrophe would need escaping again in HTML.
function percentEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a text for HTML content and quoted attributes. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
