import type { Remark } from '../finding.js'
import { inboxRow } from '../inbox-row.js'
import type { Check } from '../subject.js'

/** About what a desktop shows of a subject; longer ones are cut nearly everywhere. */
const DESKTOP_LETTERS = 70
/** Shorter ones leave room that inboxes fill with the first words of the mail. */
const SHORT_PREHEADER = 25

/** How subject and preheader look in an inbox. */
export const inboxLine: Check = ({ issue, rendered }) => {
  const { subject, preheader } = inboxRow(issue.from_name, rendered)
  const remarks: Remark[] = []
  const warn = (field: string, message: string) => remarks.push({ severity: 'warning', field, message })
  if (subject.letters > DESKTOP_LETTERS)
    warn(
      'subject',
      `The subject has ${subject.letters} letters: a phone cuts off ${subject.cutLetters} of them, and many desktops the end, too. Begin with what matters, or shorten it.`,
    )
  if (preheader.letters === 0)
    warn(
      'preheader',
      'There is no preheader: inboxes will show the first words of the mail after the subject. Write one line that makes people open it.',
    )
  else if (preheader.letters < SHORT_PREHEADER)
    warn(
      'preheader',
      'The preheader is short: inboxes fill the room after it with the first words of the mail. Write 40 to 90 letters.',
    )
  const isSame = subject.letters > 0 && rendered.subject.trim() === rendered.preheader.trim()
  if (isSame) warn('preheader', 'The preheader says the same as the subject. Say something new with it.')
  return remarks
}
