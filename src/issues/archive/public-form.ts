import type { CompiledEdition, RenderedEdition } from '../../rendering/compile-edition.js'
import { renderPublicEdition } from '../../rendering/public-edition.js'
import { longDate } from '../long-date.js'

/** A frozen edition, and what its merge fields say of the issue. */
export type FrozenEdition = { title: string; sendAt: Date | null; edition: CompiledEdition }

/** An issue's edition as everybody may read it; the same for each reader, so it knows none. */
export function publicForm({ title, sendAt, edition }: FrozenEdition): RenderedEdition {
  const { language } = edition
  const date = sendAt ? longDate(language, sendAt) : ''
  return renderPublicEdition(edition, { TITLE: title, DATE: date, LANGUAGE: language, SUBJECT: title })
}
