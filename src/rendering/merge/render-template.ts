import type { FieldNode, MergeValues, Place, Template } from './template.js'

/** Fills a template: a missing value gives the fallback, and each value is encoded for the place where it lands. */
export function renderTemplate(template: Template, values: MergeValues): string {
  let text = ''
  for (const node of template) {
    if (typeof node === 'string') text += node
    else if ('field' in node) text += mergedValue(node, values)
    else text += renderTemplate(holds(node.if, values) ? node.then : node.else, values)
  }
  return text
}

/** What stands in the place of a field, made harmless for that place. */
export function mergedValue({ field, fallback, place }: FieldNode, values: MergeValues): string {
  return encode(valueOf(field, values) || fallback, place)
}

/** Whether a condition on this field holds: it has a value. */
export function holds(field: string, values: MergeValues): boolean {
  return valueOf(field, values) !== ''
}

function valueOf(field: string, values: MergeValues): string {
  const { namespace, key } = partsOf(field)
  const record = values[namespace]
  return Object.hasOwn(record, key) ? String(record[key] ?? '').trim() : ''
}

type Parts = { namespace: keyof MergeValues; key: string }
// Some thousand mails a second ask for the same few names: cutting one anew each time costs more than encoding its value.
const knownParts = new Map<string, Parts>()

function partsOf(field: string): Parts {
  const known = knownParts.get(field)
  if (known) return known
  const [namespace, key] = field.split('.') as [keyof MergeValues, string]
  const parts = { namespace, key }
  if (knownParts.size < 1000) knownParts.set(field, parts)
  return parts
}

function encode(value: string, place: Place): string {
  switch (place) {
    case 'text':
      return singleLine(value)
    case 'html':
      return escapeHtml(value)
    case 'url':
      return escapeHtml(encodeURIComponent(value.toWellFormed()))
    case 'address':
      return encodeURIComponent(value.toWellFormed())
    case 'link':
      return /^(https?:\/\/|mailto:)[^\s<>"]*$/i.test(value) ? escapeHtml(value) : '#'
  }
}

/** A value that cannot start a line of its own: control characters (CR and LF among them) become spaces. */
export function singleLine(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
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
