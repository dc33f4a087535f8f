import { richTextToPlain } from '../../../rendering/rich-text.js'

/** The words in what a field holds, on one line for each row, to be read or copied by hand. */
export function shownWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(shownWords).filter(Boolean).join('\n')
  if (typeof value === 'string') return /<[a-z][^>]*>/i.test(value) ? richTextToPlain(value) : value
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (value !== null && typeof value === 'object')
    return Object.values(value).map(shownWords).filter(Boolean).join(' · ')
  return value === null || value === undefined ? '' : String(value)
}

const NOT_TYPED = [
  '_csrf',
  'version',
  'outline',
  'base',
  'view',
  'as',
  'edit',
  'add',
  'change',
  'at',
  'right',
  'design',
]

/** What somebody typed into a form that can no longer be saved, to be copied; what the page itself put into it and empty fields are left out. */
export function typedWords(body: Readonly<Record<string, unknown>> | undefined): string[] {
  return Object.entries(body ?? {})
    .filter(([name]) => !NOT_TYPED.includes(name) && !/\.\d+$/.test(name))
    .flatMap(([, value]) => [value].flat())
    .map(String)
    .filter((text) => text.trim() !== '' && text !== 'on' && !UUID.test(text))
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
