import type { Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** The language that the mail says it is in: screen readers choose their voice by it. */
export const language: Check = ({ issue }): Remark[] => {
  const field = 'language'
  if (issue.language === '')
    return [{ severity: 'error', field, message: 'Say in which language the issue is.' }]
  return isKnown(issue.language)
    ? []
    : [
        {
          severity: 'warning',
          field,
          message: `“${issue.language}” is no language that is known. Use a code such as en, fi or pt-BR.`,
        },
      ]
}

function isKnown(tag: string): boolean {
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag)
    return name !== undefined
  } catch {
    return false
  }
}
