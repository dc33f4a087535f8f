import { definitionOf } from '../../../rendering/blocks.js'
import { languageName, primaryLanguage } from '../../../rendering/languages/language-tag.js'
import { quoted } from '../finding.js'
import type { Check } from '../subject.js'

const NAMED_AT_MOST = 3

/** News that readers get in another language than the issue, because nobody has translated it. */
export const newsLanguage: Check = ({ content }) =>
  content.blocks.flatMap((block) => {
    const ids = definitionOf(block.kind).newsIds?.(block.content) ?? []
    const foreign = ids
      .flatMap((id) => content.newsItems[id] ?? [])
      .filter(({ language }) => language && primaryLanguage(language) !== primaryLanguage(content.language))
    if (foreign.length === 0) return []
    const named = foreign
      .slice(0, NAMED_AT_MOST)
      .map(({ title, language }) => `${quoted(title)} (${languageName(language)})`)
    const more = foreign.length > NAMED_AT_MOST ? [`${foreign.length - NAMED_AT_MOST} more`] : []
    const names = new Intl.ListFormat('en').format([...named, ...more])
    const message = `Not in ${languageName(content.language)}: ${names}. Say it in ${languageName(content.language)}, too, under “In other languages” on its page in the library.`
    return [{ severity: 'warning', blockId: block.id, message }]
  })
