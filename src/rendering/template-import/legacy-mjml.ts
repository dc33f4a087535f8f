import type { MarkupTag } from './read-tag.js'

/** What the names of MJML 2 and 3 are called now; a name of null leaves the tag out and keeps its content. */
export type Legacy = ReadonlyMap<string, { name: string | null; inner?: string; message: string }>

/** Old names whose replacement depends on the whole template are only mapped when it calls for it. */
export function legacyNames(tags: readonly MarkupTag[]): Legacy {
  const names = new Set(tags.map(({ name }) => name))
  const legacy = new Map<string, { name: string | null; inner?: string; message: string }>()
  if (names.has('mj-container')) {
    legacy.set('mj-container', { name: 'mj-body', message: 'mj-container is mj-body now.' })
    legacy.set('mj-body', {
      name: null,
      message: 'mj-container, which is mj-body now, took the place of this tag.',
    })
  }
  if (names.has('mj-inline-links')) {
    legacy.set('mj-inline-links', { name: 'mj-navbar', message: 'mj-inline-links is mj-navbar now.' })
    legacy.set('mj-navbar', { name: 'mj-section', message: 'The old mj-navbar is mj-section now.' })
  }
  legacy.set('mj-link', { name: 'mj-navbar-link', message: 'mj-link is mj-navbar-link now.' })
  legacy.set('mj-html', { name: 'mj-raw', message: 'mj-html is mj-raw now.' })
  legacy.set('mj-list', { name: 'mj-text', inner: 'ul', message: 'mj-list is a list in mj-text now.' })
  return legacy
}

const GONE = new Map([
  ['mj-invoice', 'mj-table'],
  ['mj-invoice-item', 'mj-table'],
  ['mj-location', 'mj-text'],
  ['mj-dev', 'mj-raw'],
])

/** What to do about an element that MJML has no more; null when it has it, or never had. */
export function goneElement(name: string): string | null {
  const instead = GONE.get(name)
  return instead ? `MJML has no ${name} any more: write it as ${instead}.` : null
}
