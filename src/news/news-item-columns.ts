import { sanitizeRichText } from '../rendering/rich-text.js'
import { linkKey } from './link-key.js'
import type { NewsItemInput } from './news-item-form.js'

/** The columns that a form fills; the summary keeps only the mark-up a newsletter can carry. */
export function newsItemColumns(input: NewsItemInput) {
  return {
    title: input.title,
    summary_html: sanitizeRichText(input.summaryHtml),
    url: input.url,
    link_key: linkKey(input.url),
    image_url: input.imageUrl,
    image_alt: input.imageAlt,
    region: input.region,
    language: input.language,
    published_on: input.publishedOn,
    ...(input.validUntil === undefined ? {} : { valid_until: input.validUntil }),
    ...(input.ownerId === undefined ? {} : { owner_id: input.ownerId }),
  }
}
