import { plainText } from '../../../news/clean-facts.js'
import type { FoundNewsItem } from '../../../news/search-news.js'

const WORDS_SHOWN = 260
const USES_SHOWN = 2

/** A news item as a card or a row of the desk shows it. */
export function newsCard(item: FoundNewsItem, today: string) {
  return {
    ...item,
    summary: plainText(item.summary_html, WORDS_SHOWN),
    // Pages show pictures by https only.
    picture: item.image_url.startsWith('https://') ? item.image_url : null,
    host: item.url ? (URL.parse(item.url)?.hostname.replace(/^www\./, '') ?? '') : '',
    from: item.feed ?? item.author,
    isPast: item.valid_until !== null && item.valid_until < today,
    uses: item.usedIn.slice(0, USES_SHOWN),
    moreUses: Math.max(0, item.usedIn.length - USES_SHOWN),
  }
}
