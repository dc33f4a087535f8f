import { z } from 'zod'
import { LanguageTag } from '../rendering/languages/language-tag.js'

const address = z
  .string()
  .trim()
  .max(2000, 'Use an address of at most 2,000 characters.')
  .regex(/^https?:\/\/[^\s]+$/i, 'Start the address with https:// or http://.')
const region = z.string().trim().max(100, 'Keep the region below 100 characters.')

/** What somebody fills in to add a feed; the rest is read from the feed. */
export const NewFeedForm = z.object({ url: address, region })

/** What can be changed of a feed. */
export const FeedForm = z.object({
  url: address,
  title: z.string().trim().min(1, 'Give the feed a name.').max(200, 'Keep the name below 200 characters.'),
  region,
  language: LanguageTag,
  isActive: z.stringbool().default(false),
})

export type NewFeedInput = z.infer<typeof NewFeedForm>
export type FeedInput = z.infer<typeof FeedForm>
