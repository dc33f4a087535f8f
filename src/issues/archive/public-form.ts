import type { Issue } from '../../../db/tables/issue.js'
import type { CompiledEdition, RenderedEdition } from '../../rendering/compile-edition.js'
import { renderPublicEdition } from '../../rendering/public-edition.js'
import { longDate } from '../long-date.js'
import { dayOfIssue } from '../own-time.js'

/** A frozen edition, and what its merge fields say of the issue. */
export type FrozenEdition = Pick<Issue, 'title' | 'send_at' | 'send_zone' | 'own_time'> & {
  edition: CompiledEdition
}

/** An issue's edition as everybody may read it; the same for each reader, so it knows none. */
export function publicForm({ title, edition, ...issue }: FrozenEdition): RenderedEdition {
  const { language } = edition
  const day = dayOfIssue(issue)
  const date = day ? longDate(language, day) : ''
  return renderPublicEdition(edition, { TITLE: title, DATE: date, LANGUAGE: language, SUBJECT: title })
}
