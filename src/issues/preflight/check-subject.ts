import { authorTexts } from './author-texts.js'
import { CHECKS } from './checks.js'
import type { Finding } from './finding.js'
import { linksOf } from './links.js'
import { readMailPage } from './read-mail-page.js'
import type { CheckSubject } from './subject.js'

/** What a subject is made from; the rest is read off it. */
export type CheckedIssue = Omit<CheckSubject, 'page' | 'texts' | 'links'>

/** Reads texts, links and page off an issue, for the checks. */
export function subjectOf(checked: CheckedIssue): CheckSubject {
  const texts = authorTexts(checked.content)
  return { ...checked, page: readMailPage(checked.rendered.html), texts, links: linksOf(texts) }
}

/** What all the checks have to say of an issue; the same is said of one place only once. Pure. */
export function checkSubject(subject: CheckSubject): Finding[] {
  const findings = CHECKS.flatMap(({ name, group, check }) =>
    check(subject).map((remark) => ({
      blockId: null,
      field: null,
      line: null,
      group,
      ...remark,
      check: name,
    })),
  )
  const seen = new Set<string>()
  return findings.filter(({ blockId, field, line, message }) => {
    const key = JSON.stringify([blockId, field, line, message])
    return !seen.has(key) && seen.add(key)
  })
}
