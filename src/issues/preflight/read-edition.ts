import { type CompiledEdition, renderEdition } from '../../rendering/compile-edition.js'
import { type MadeEdition, sampleValues } from '../preview-issue.js'
import { authorTexts } from './author-texts.js'
import { linksOf } from './links.js'
import { readMailPage } from './read-mail-page.js'
import type { CheckSubject } from './subject.js'

type Read = Pick<CheckSubject, 'rendered' | 'page' | 'texts' | 'links'>

/** An edition with everything that is read off it for the checks. */
export type ReadEdition = MadeEdition & Read

const known = new WeakMap<CompiledEdition, Read>()

/** Reads texts, links and the page that a sample reader gets off an edition; once for each that was compiled. */
export function readEdition(made: MadeEdition): ReadEdition {
  const read = known.get(made.edition) ?? readOf(made)
  known.set(made.edition, read)
  return { ...made, ...read }
}

function readOf({ content, edition }: MadeEdition): Read {
  const texts = authorTexts(content)
  const { title, date } = content
  const rendered = renderEdition(edition, sampleValues({ title, date, edition }))
  return { texts, links: linksOf(texts), rendered, page: readMailPage(rendered.html) }
}
