import type { Issue } from '../../db/tables/issue.js'
import type { CanaryState } from '../delivery/canary-state.js'
import type { Progress } from '../delivery/progress.js'
import type { Standstill } from '../delivery/standstill.js'
import { canaryView } from './canary-view.js'
import { formatTime } from './local-time.js'
import { providerName } from './provider-names.js'

const SKIPPED_WORDS: Readonly<Record<string, string>> = {
  unconfirmed: 'no longer confirmed',
  unsubscribed: 'unsubscribed since',
  suppressed: 'suppressed since',
  cancelled: 'the issue was cancelled',
  unsupported: 'an address our mail server cannot reach',
  captured: 'recorded instead of sent',
  snoozed: 'taking a break since',
  erased: 'erased since',
}

const REJECTED_WORDS: Readonly<Record<string, string>> = {
  hard: 'no such mailbox',
  'hard-if-repeated': 'probably no such mailbox',
  soft: 'gave up after many tries',
  full: 'mailbox full',
  greylisted: 'never let us in',
  throttled: 'sent too fast for them',
  policy: 'refused as a matter of policy',
  content: 'this mail is not to their liking',
  unsupported: 'an address our mail server cannot reach',
  ours: 'something is wrong with our set-up',
  '': 'for another reason',
}

const STANDSTILL_WORDS: Readonly<Record<Standstill['kind'], (detail: string) => string>> = {
  paused: (detail) =>
    detail.endsWith('.') ? `It paused itself: ${detail}` : `Paused${detail ? ` by ${detail}` : ''}.`,
  'no-worker': () => 'No worker is running: nothing leaves until one is started.',
  window: () => 'Outside the hours in which mail may leave.',
  preparing: () => 'The list of readers is being written; the first mails follow in a moment.',
  'warm-up': (detail) => warmUpWords(detail),
  relay: (detail) => `A mail server is in trouble and rests. ${detail}`,
  canary: () => 'The first readers get it now; the others follow when few of them refuse.',
  deferred: () => 'Everybody else is settled; those deferred are tried again later.',
  'own-time': () => 'Everybody else gets it later, at the same hour by their own clocks.',
  provider: (detail) => `${providerName(detail)} says that we send too fast, and gets a rest.`,
  speed: (detail) => `This issue is held to ${grouped(detail)} an hour.`,
  limit: (detail) => `No more than ${grouped(detail)} an hour may leave, over all issues.`,
  'provider-limit': (detail) =>
    `Slower to ${listed(detail.split(' ').map(providerName))}; all other readers get it as fast as possible.`,
}

function warmUpWords(detail: string): string {
  const [domain = '', ceiling = '0'] = detail.split(' ')
  return ceiling === '0'
    ? `The warming up of ${domain} has not begun.`
    : `${domain} is being warmed up, and today’s ${grouped(ceiling)} messages have gone.`
}

function grouped(number: string): string {
  return Number(number).toLocaleString('en')
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names)
}

const WORTH_SAYING = 1

/** What is known beside the counts, and the time zone to say it in. */
export type Circumstances = {
  perSecond: number | null
  standstill: Standstill | null
  canary: CanaryState | null
  timeZone: string
}

/** How far an issue has come, in numbers and words; shown live. */
export function progressView(
  issue: Pick<Issue, 'id' | 'status' | 'own_time'>,
  counts: Progress,
  circumstances: Circumstances | null = null,
) {
  const done = counts.accepted + counts.rejected + counts.unknown + counts.skipped
  const rows = [
    { label: 'Accepted', count: counts.accepted, icon: 'circle-check', tone: 'text-success' },
    { label: 'Waiting', count: counts.pending, icon: 'clock', tone: 'text-base-content/70' },
    { label: 'Being sent', count: counts.sending, icon: 'send', tone: 'text-primary' },
    {
      label: issue.own_time ? 'Later' : 'Deferred',
      count: counts.deferred,
      icon: 'timer-reset',
      tone: 'text-info',
    },
    { label: 'Rejected', count: counts.rejected, icon: 'circle-x', tone: 'text-error' },
    { label: 'Unknown', count: counts.unknown, icon: 'circle-help', tone: 'text-accent' },
    { label: 'Skipped', count: counts.skipped, icon: 'circle-slash', tone: 'text-base-content/70' },
  ]
  return {
    status: issue.status,
    total: counts.total,
    done,
    percent: counts.total === 0 ? 0 : Math.floor((100 * done) / counts.total),
    rows,
    skippedBy: Object.entries(counts.skippedBy).map(([reason, count]) => ({
      reason: SKIPPED_WORDS[reason] ?? reason,
      count,
    })),
    rejectedBy: Object.entries(counts.rejectedBy).map(([reason, count]) => ({
      reason: REJECTED_WORDS[reason] ?? reason,
      count,
    })),
    canary: canaryView(circumstances?.canary ?? null),
    ...hold(circumstances),
    ...speed(circumstances, counts.pending + counts.sending),
    isOver: issue.status === 'sent' || issue.status === 'cancelled',
  }
}

function hold(circumstances: Circumstances | null) {
  const { standstill, canary } = circumstances ?? {}
  // The line of the canary says it with its numbers.
  const isTold =
    standstill?.kind === 'canary' || (standstill?.kind === 'paused' && canary?.status === 'failed')
  if (!circumstances || !standstill || isTold) return { hold: null }
  const { kind, until, detail } = standstill
  const sentence = STANDSTILL_WORDS[kind](detail).replace(/([^.!?])$/, '$1.')
  const time = until ? ` It goes on ${formatTime(until, circumstances.timeZone)}.` : ''
  return { hold: `${sentence}${time}` }
}

function speed(circumstances: Circumstances | null, left: number) {
  const perSecond = circumstances?.perSecond ?? 0
  if (perSecond < WORTH_SAYING || left === 0) return { speed: null }
  const minutes = Math.ceil(left / perSecond / 60)
  const rest =
    minutes <= 1
      ? 'less than a minute'
      : minutes < 120
        ? `${minutes} minutes`
        : `${Math.round(minutes / 60)} hours`
  return { speed: `${Math.round(perSecond).toLocaleString('en')} a second, about ${rest} left` }
}
