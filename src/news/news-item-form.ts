import { z } from 'zod'
import { LanguageTag } from '../rendering/languages/language-tag.js'

const webAddress = z
  .string()
  .trim()
  .max(2000, 'Use an address of at most 2,000 characters.')
  .refine(
    (value) => value === '' || /^https?:\/\/[^\s]+$/i.test(value),
    'Start the address with https:// or http://.',
  )

const emptyAsNull = (value: unknown) => (value === '' ? null : value)

/** What somebody fills in for a news item; one plain sentence per field that is wrong. */
export const NewsItemForm = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Give the news item a title.')
    .max(300, 'Keep the title below 300 characters.'),
  summaryHtml: z.string().trim().max(20_000, 'Keep the summary below 20,000 characters.').default(''),
  url: webAddress.default(''),
  imageUrl: webAddress.default(''),
  imageAlt: z.string().trim().max(500, 'Keep the description below 500 characters.').default(''),
  region: z.string().trim().max(100, 'Keep the region below 100 characters.').default(''),
  language: LanguageTag.default('en'),
  publishedOn: z.iso.date('Use a date such as 2026-03-31.'),
  /** Last day on which it is news; null: no end. Left as it is when absent, as is the owner. */
  validUntil: z.preprocess(emptyAsNull, z.iso.date('Use a date such as 2026-03-31.').nullable()).optional(),
  ownerId: z.preprocess(emptyAsNull, z.uuid('Choose somebody from the list.').nullable()).optional(),
  /** The page it was read from. */
  sourceUrl: webAddress.optional(),
})

export type NewsItemInput = z.infer<typeof NewsItemForm>
