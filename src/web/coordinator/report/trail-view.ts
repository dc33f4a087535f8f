import type { Issue } from '../../../../db/tables/issue.js'
import type { TrailEntry } from '../../../delivery/report/issue-trail.js'

const WORDS: Readonly<Record<string, { text: string; icon: string }>> = {
  made: { text: 'Begun', icon: 'file-plus' },
  frozen: { text: 'Scheduled; the content has stayed as it is since', icon: 'calendar-check' },
  released: { text: 'Began to leave', icon: 'send' },
  'fanned-out': { text: 'The list of readers was complete', icon: 'users' },
  ended: { text: 'Everybody was settled', icon: 'flag' },
  'schedule-issue': { text: 'Scheduled; the content has stayed as it is since', icon: 'calendar-check' },
  'unschedule-issue': { text: 'Taken back to a draft', icon: 'undo-2' },
  'submit-issue': { text: 'Asked for approval', icon: 'message-square' },
  'withdraw-submission': { text: 'Took the question for approval back', icon: 'undo-2' },
  'approve-issue': { text: 'Approved', icon: 'circle-check' },
  'ask-for-changes': { text: 'Asked for changes', icon: 'pencil' },
  'send-test': { text: 'Sent a test', icon: 'mail-check' },
  'pause-issue': { text: 'Paused', icon: 'pause' },
  'resume-issue': { text: 'Let go on', icon: 'play' },
  'cancel-issue': { text: 'Cancelled', icon: 'ban' },
  'change-speed': { text: 'Changed the speed', icon: 'gauge' },
  'change-visibility': { text: 'Chose who may read it on the web', icon: 'globe' },
  'retry-rejected': { text: 'Tried rejected readers once more', icon: 'rotate-ccw' },
  'resend-unknown': { text: 'Sent once more to readers in doubt', icon: 'rotate-ccw' },
  'accept-unknown': { text: 'Settled readers in doubt as accepted', icon: 'check' },
}

/** What happened to an issue, in words, in the order of time. */
export function trailView(trail: readonly TrailEntry[], { status }: Pick<Issue, 'status'>) {
  return trail
    .filter(({ action }) => action !== 'ended' || status === 'sent')
    .map(({ at, action, detail, by }) => {
      const isOwnPause = action === 'pause-issue' && by === null && detail !== ''
      const { text, icon } = isOwnPause
        ? { text: 'Paused itself', icon: 'octagon-pause' }
        : (WORDS[action] ?? { text: sentence(action), icon: 'dot' })
      return { at, text, icon, detail, by }
    })
}

/** An action that has no words of its own here, such as “mend-issue”. */
function sentence(action: string): string {
  const words = action.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
