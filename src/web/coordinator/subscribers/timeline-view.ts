import type { Context } from '../../../context.js'
import {
  subscriberTimeline,
  TIMELINE_SHOWN,
  type TimelineEntry,
} from '../../../operations/subscriber-timeline.js'
import { bulkWords } from './bulk-words.js'

const CONSENT_WORDS = {
  requested: 'Asked to join',
  confirmed: 'Confirmed',
  added: 'Was added to',
  withdrawn: 'Left',
  'add-undone': 'Adding was taken back:',
  'tracking-allowed': 'Allowed that reading habits are noted',
  'tracking-refused': 'Refused that reading habits are noted',
  'address-changed': 'Changed the address',
} as const
const AUDIT_WORDS: Readonly<Record<string, string>> = {
  unsubscribe: 'Was taken off a list',
  suppress: 'Was suppressed',
  'lift-suppression': 'Mail may go again',
  'merge-subscribers': 'Two records were merged',
  'revise-subscriber': 'Was edited',
}

/** What happened with a subscriber as the page shows it, the latest first. */
export async function timelineView(ctx: Pick<Context, 'db' | 'keys'>, subscriberId: string) {
  const entries = await subscriberTimeline(ctx, subscriberId)
  return {
    entries: await Promise.all(
      entries
        .slice(0, TIMELINE_SHOWN)
        .map(async (entry) => ({ at: entry.at, ...(await wordsOf(ctx, entry)) })),
    ),
    isCut: entries.length > TIMELINE_SHOWN,
  }
}

type Shown = { icon: string; words: string; detail?: string; href?: string; note?: object }

async function wordsOf(ctx: Pick<Context, 'db'>, entry: TimelineEntry): Promise<Shown> {
  switch (entry.kind) {
    case 'known':
      return { icon: 'user-plus', words: 'Known to us from here on' }
    case 'consent': {
      const { kind, listName, channel, note } = entry.consent
      const words = [CONSENT_WORDS[kind], listName ? `“${listName}”` : ''].filter(Boolean).join(' ')
      return { icon: 'signature', words, detail: [channel, note].filter(Boolean).join(' · ') }
    }
    case 'delivery': {
      const { issueTitle, issue_id, status, skip_reason, smtp_text } = entry.delivery
      const detail = [status, skip_reason, status === 'accepted' ? null : smtp_text]
        .filter(Boolean)
        .join(' · ')
      return { icon: 'mail', words: issueTitle, href: `/issues/${issue_id}`, detail }
    }
    case 'bounce':
      return { icon: 'undo-2', words: `Came back: ${entry.delivery.issueTitle}` }
    case 'complaint':
      return { icon: 'flag', words: `Reported as spam: ${entry.delivery.issueTitle}` }
    case 'audit': {
      const { action, by, detail } = entry.entry
      const words = AUDIT_WORDS[action] ?? action.replaceAll('-', ' ')
      return { icon: 'user-cog', words, detail: [by, detail].filter(Boolean).join(' · ') }
    }
    case 'bulk':
      return {
        icon: 'list-checks',
        words: await bulkWords(ctx, entry.what),
        detail: 'with many others',
        href: `/subscribers/bulk/${entry.actId}`,
      }
    case 'note':
      return {
        icon: 'sticky-note',
        words: entry.note.text,
        detail: entry.note.author ?? 'an account that is gone',
      }
  }
}
