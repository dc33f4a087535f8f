import type { Response } from 'express'
import type { SendingSettings } from '../../../../db/tables/sending-settings.js'
import type { Context } from '../../../context.js'
import { opensAt } from '../../../delivery/limits/sending-window.js'
import { organisation } from '../../../issues/organisation.js'
import { sendingChanges } from '../../../operations/sending-changes.js'
import { sendingOverview } from '../../../operations/sending-overview.js'
import { timeZones } from '../../../time-zones.js'
import { settingTabs } from '../../coordinator/setting-tabs.js'
import { accountOf } from '../../middleware/sessions.js'
import { renderPage } from '../../page.js'
import { providerOptions, providerViews } from './provider-views.js'
import { newWarmUp, type Typed, warmUpViews } from './warm-up-views.js'

/** The forms of the page that may have been refused, each with what was typed. */
export type Refused = { settings?: Typed; provider?: Typed; warmUp?: Typed; problem?: string }

/** Renders `/settings/sending`: how fast and when mail may leave, providers, domains that are being warmed up. */
export async function showSending(
  ctx: Pick<Context, 'db' | 'clock'>,
  res: Response,
  refused: Refused = {},
): Promise<void> {
  const now = ctx.clock.now()
  const [overview, changes, sender] = await Promise.all([
    sendingOverview(ctx),
    sendingChanges(ctx),
    organisation(ctx),
  ])
  const { settings, providers, warmUps } = overview
  const form = refused.settings?.form ?? formOf(settings, accountOf(res).timeZone)
  const days = [form['window_days']].flat().map(Number)
  const ownDomain = sender.from_email.split('@')[1] ?? ''
  renderPage(res, 'operator/sending/sending', {
    title: 'Sending',
    tabs: settingTabs(res, '/settings/sending'),
    problem: refused.problem,
    opens: opensAt(settings, now),
    settings,
    form,
    errors: refused.settings?.errors ?? {},
    weekdays: WEEKDAYS.map((label, index) => ({
      label,
      value: index + 1,
      isTicked: days.includes(index + 1),
    })),
    timeZones: timeZones().map((zone) => ({ value: zone, label: zone })),
    providers: providerViews(providers, now),
    providerOptions: providerOptions(),
    providerForm: { form: refused.provider?.form ?? {}, errors: refused.provider?.errors ?? {} },
    warmUps: warmUpViews(warmUps, now, refused.warmUp ?? null),
    newWarmUp: newWarmUp(warmUps, refused.warmUp ?? null, { now, domain: ownDomain }),
    changes: changes.map((change) => ({ ...change, words: CHANGE_WORDS[change.action] })),
  })
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const CHANGE_WORDS: Readonly<Record<string, string>> = {
  'save-sending-settings': 'Settings',
  'limit-provider': 'Limit of a provider',
  'wake-provider': 'Ended the rest of a provider',
  'wake-relay': 'Ended the rest of a mail server',
  'plan-warm-up': 'Warming up',
  'end-warm-up': 'No longer warming up',
}

function formOf(settings: SendingSettings, timeZone: string): Record<string, unknown> {
  const { window_from, window_to, window_days, window_zone } = settings
  const isOpen = window_from === null && window_days.length === 7
  return {
    ...settings,
    window_from: window_from?.slice(0, 5),
    window_to: window_to?.slice(0, 5),
    // While no hours are set nobody has chosen a zone for them.
    window_zone: isOpen && window_zone === 'UTC' ? timeZone : window_zone,
  }
}
