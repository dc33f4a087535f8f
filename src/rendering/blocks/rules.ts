import type { NewsItems, Rule } from './define-block.js'

/** Empty, a web or mail address, a place in the page, or something that a merge field fills. */
export function isLink(url: string): boolean {
  return url === '' || /^(https?:\/\/[^\s]+|mailto:[^\s]+|#.*|(<<|\{\{|&lt;&lt;).+)$/i.test(url)
}

const NOT_A_LINK = 'Links start with https://, http:// or mailto:, or are a merge field.'
const DESCRIBE = 'Describe the picture, or mark it as decoration.'

/** A link that may be left out. */
export function link(field: string, url: string): Rule {
  return [field, !isLink(url), NOT_A_LINK]
}

/** A link that must be there. */
export function neededLink(field: string, url: string): Rule {
  return url === '' ? [field, true, 'Say where the link leads.'] : link(field, url)
}

/** A picture that may be left out: its address works and it is described. */
export function picture(urlField: string, url: string, described: { altField: string; alt: string }): Rule[] {
  return [link(urlField, url), [described.altField, url !== '' && described.alt === '', DESCRIBE]]
}

/** News items of a list that are no longer in the library. */
export function goneItems(field: string, ids: readonly string[], newsItems: NewsItems): Rule {
  const gone = ids.filter((id) => !newsItems[id]).length
  return [
    field,
    gone > 0,
    gone === 1
      ? 'One news item of this list is no longer in the library. Take it out or choose another one.'
      : `${gone} news items of this list are no longer in the library. Take them out or choose others.`,
  ]
}
