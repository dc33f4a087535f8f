import type { Check } from '../subject.js'

/** The issue's own fields that nothing can be sent without. */
export const details: Check = ({ issue }) => {
  const missing: [field: string, isMissing: boolean, message: string][] = [
    ['subject', issue.subject.trim() === '', 'Write a subject.'],
    ['from_name', issue.from_name === '', 'Say who sends this.'],
    ['from_email', issue.from_email === '', 'Enter the sender’s address.'],
    ['listIds', issue.listIds.length === 0, 'Choose at least one list.'],
  ]
  return missing
    .filter(([, isMissing]) => isMissing)
    .map(([field, , message]) => ({ severity: 'error', field, message }))
}
