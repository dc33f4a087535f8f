import { plainText } from '../../../news/clean-facts.js'
import type { FoundNewsItem } from '../../../news/search-news.js'
import { shownPicture } from '../shown-picture.js'

const WORDS_SHOWN = 260
const USES_SHOWN = 2

/** A news item as a card or a row of the desk shows it. */
export function newsCard(item: FoundNewsItem, { today, publicUrl }: { today: string; publicUrl: string }) {
  return {
    ...item,
    summary: plainText(item.summary_html, WORDS_SHOWN),
    picture: shownPicture(item.image_url, { publicUrl }),
    host: item.url ? (URL.parse(item.url)?.hostname.replace(/^www\./, '') ?? '') : '',
    from: item.feed ?? item.author,
    isPast: item.valid_until !== null && item.valid_until < today,
    uses: item.usedIn.slice(0, USES_SHOWN),
    moreUses: Math.max(0, item.usedIn.length - USES_SHOWN),
  }
}
