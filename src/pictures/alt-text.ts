import { z } from 'zod'
import { InvalidError, sentences } from '../errors.js'
import { MAX_ALT_LENGTH } from './limits.js'

const AltText = z.object({
  alt: z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(MAX_ALT_LENGTH, 'Keep the description below 500 characters.')),
})

/** What a picture shows, on one line; throws `InvalidError` with a sentence at `alt`. */
export function altText(given: string): string {
  const parsed = AltText.safeParse({ alt: given })
  if (!parsed.success) throw new InvalidError(sentences(parsed.error))
  return parsed.data.alt
}
