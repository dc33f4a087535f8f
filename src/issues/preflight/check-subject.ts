import { CHECKS } from './checks.js'
import type { Finding } from './finding.js'
import type { CheckSubject } from './subject.js'

/** What all the checks have to say of an edition; the same is said of one place only once. Pure. */
export function checkSubject(subject: CheckSubject): Finding[] {
  const findings = CHECKS.flatMap(({ name, group, check }) =>
    check(subject).map((remark) => ({
      blockId: null,
      field: null,
      line: null,
      translation: null,
      group,
      ...remark,
      check: name,
    })),
  )
  const seen = new Set<string>()
  return findings.filter((finding) => !seen.has(placeOf(finding)) && seen.add(placeOf(finding)))
}

/** What is said at which place, to compare findings by. */
export function placeOf({ blockId, field, line, message }: Finding): string {
  return JSON.stringify([blockId, field, line, message])
}
