import type { SendingSettings } from '../../../db/tables/sending-settings.js'
import type { Context } from '../../context.js'
import { recordAudit } from '../../issues/record-audit.js'
import type { SendingSettingsInput } from './limit-forms.js'
import { wakeIssues } from './wake-issues.js'

/** Saves how fast and when anything may leave; every worker knows within a second, and what was held back is looked at again. */
export async function saveSendingSettings(
  ctx: Pick<Context, 'db' | 'clock' | 'queues'>,
  input: SendingSettingsInput,
  by: string | null,
): Promise<void> {
  const hasChanged = await ctx.db.transaction().execute(async (tx) => {
    const before = await tx.selectFrom('sending_settings').selectAll().forUpdate().executeTakeFirstOrThrow()
    const detail = changesIn(before, input)
    if (detail === '') return false
    await tx.updateTable('sending_settings').set(input).execute()
    const now = ctx.clock.now()
    await recordAudit(tx, { action: 'save-sending-settings', subjectIds: [], detail, by, now })
    return true
  })
  if (hasChanged) await wakeIssues(ctx)
}

const WORDS: Readonly<Record<keyof SendingSettingsInput, string>> = {
  rate_per_hour: 'messages an hour',
  window_from: 'hours from',
  window_to: 'hours to',
  window_days: 'days',
  window_zone: 'time zone',
  recall_seconds: 'seconds to take back',
  give_up_hours: 'hours of trying',
  policy_limit_percent: 'percent of refusals',
}

function changesIn(before: SendingSettings, after: SendingSettingsInput): string {
  return (Object.keys(WORDS) as (keyof SendingSettingsInput)[])
    .map((name) => ({ name, was: inWords(before[name]), is: inWords(after[name]) }))
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => `${WORDS[name]}: ${was} → ${is}`)
    .join('; ')
}

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function inWords(value: string | number | number[] | null): string {
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.length === 7 ? 'every day' : value.map((day) => DAYS[day]).join(' ')
  return String(value).replace(/^(\d\d:\d\d):00$/, '$1')
}
