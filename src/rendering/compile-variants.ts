import { type CompiledEdition, compileEdition } from './compile-edition.js'
import type { IssueContent } from './issue-content.js'

// The title in the HTML follows the subject that a reader gets.
const OWN_SUBJECT = '<<issue.SUBJECT>>'

/**
 * Compiles an issue whose readers get different subjects: the content's own and `others` beside it. The body is compiled once;
 * what is wrong with another subject is reported at `subject_b`, `subject_c`.
 */
export async function compileVariants(
  content: IssueContent,
  others: readonly string[],
): Promise<CompiledEdition> {
  const own = await compileEdition(content)
  if (others.length === 0) return own
  const body = await compileEdition({ ...content, subject: OWN_SUBJECT })
  const rest = await Promise.all(others.map((subject) => compileEdition({ ...content, subject })))
  const problems = rest.flatMap(({ problems: found }, index) =>
    found
      .filter(({ blockId, field }) => blockId === null && field === 'subject')
      .map((problem) => ({ ...problem, field: index === 0 ? 'subject_b' : 'subject_c' })),
  )
  return {
    ...body,
    subject: own.subject,
    otherSubjects: rest.map(({ subject }) => subject),
    problems: [...own.problems, ...problems],
  }
}

/** An edition with the subject of a variant in the place of its own; 0 is its own. */
export function withSubject(edition: CompiledEdition, variant: number): CompiledEdition {
  const subject = variant > 0 ? edition.otherSubjects?.[variant - 1] : undefined
  return subject ? { ...edition, subject } : edition
}
