import type { Links } from '../audience/tokens.js'
import type { CompiledEdition } from '../rendering/compile-edition.js'
import { renderTemplate } from '../rendering/merge/render-template.js'
import type { MergeValues } from '../rendering/merge/template.js'

/** The person whom a mail is written to. */
export type Reader = { email: string; fields: Record<string, string> }

/** What merge fields stand for in one reader's mail; issue.SUBJECT is the subject with its own fields filled. */
export function mergeValues(
  issue: { title: string; date: string; edition: CompiledEdition },
  reader: Reader,
  links: Links,
): MergeValues {
  const about = {
    TITLE: issue.title,
    DATE: issue.date,
    LANGUAGE: issue.edition.language,
    SUBJECT: issue.title,
  }
  const values = { contact: { ...reader.fields, EMAIL: reader.email }, issue: about, links }
  return { ...values, issue: { ...about, SUBJECT: renderTemplate(issue.edition.subject, values) } }
}
