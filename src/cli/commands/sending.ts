import { Command } from 'commander'
import type { OpenContext } from '../../context.js'
import { endWarmUp } from '../../delivery/limits/end-warm-up.js'
import { SendingSettingsForm, SpeedForm, WarmUpForm } from '../../delivery/limits/limit-forms.js'
import { limitProvider } from '../../delivery/limits/limit-provider.js'
import { planWarmUp } from '../../delivery/limits/plan-warm-up.js'
import { saveSendingSettings } from '../../delivery/limits/save-sending-settings.js'
import { InvalidError } from '../../errors.js'
import { sendingOverview } from '../../operations/sending-overview.js'
import { wakeProvider } from '../../operations/wake-provider.js'
import { wakeRelay } from '../../operations/wake-relay.js'
import { withContext } from '../with-context.js'

type SetOptions = Partial<
  Record<'perHour' | 'hours' | 'days' | 'zone' | 'recall' | 'giveUp' | 'policyLimit', string>
>
type ProviderOptions = { perHour?: string; wake?: true }
type WarmUpOptions = Partial<Record<'from' | 'firstDay' | 'growth' | 'days', string>> & { remove?: true }

/** `carillon sending`: how fast and when mail leaves. */
export function sendingCommand(): Command {
  const command = new Command('sending').description('how fast and when mail leaves')
  command
    .command('show')
    .description('settings, providers, plans for warming up, mail servers, workers')
    .action(withContext((ctx) => sendingOverview(ctx)))
  command
    .command('set')
    .description('change what is named; the rest stays')
    .option('--per-hour <number>', 'messages an hour over all issues, or none')
    .option('--hours <from-to>', 'such as 08:00-20:00, or none')
    .option('--days <numbers>', 'such as 1,2,3,4,5; Monday is 1')
    .option('--zone <name>', 'time zone of the hours, such as Europe/Helsinki')
    .option('--recall <seconds>', 'time to take an issue back, 0 to 120')
    .option('--give-up <hours>', 'how long deferred mail is tried, 1 to 120')
    .option('--policy-limit <percent>', 'share of refusals at which an issue pauses itself')
    .action(withContext((ctx, options: SetOptions) => change(ctx, options)))
  addProvider(command)
  addWarmUp(command)
  command
    .command('relay <name>')
    .description('let a mail server that rests be tried again now')
    .requiredOption('--wake', 'end its rest')
    .action(withContext((ctx, name: string) => wakeRelay(ctx, { name, by: null })))
  return command
}

function addProvider(command: Command): void {
  command
    .command('provider <name>')
    .description('limit the mail to a provider such as gmail, or end its rest')
    .option('--per-hour <number>', 'messages an hour, or none')
    .option('--wake', 'let it work again now')
    .action(
      withContext(async (ctx, name: string, { perHour, wake }: ProviderOptions) => {
        if (perHour === undefined && !wake)
          throw new InvalidError({ provider: 'Say --per-hour with a number or none, or --wake.' })
        if (perHour !== undefined)
          await limitProvider(ctx, { name, ratePerHour: perHourOf(perHour), by: null })
        if (wake) await wakeProvider(ctx, { name, by: null })
      }),
    )
}

function addWarmUp(command: Command): void {
  command
    .command('warm-up <domain>')
    .description('plan how a sender domain is warmed up, or change the plan')
    .option('--from <day>', 'first day, such as 2026-03-31; today when left out')
    .option('--first-day <number>', 'messages on the first day')
    .option('--growth <percent>', 'how much more each day')
    .option('--days <number>', 'how many days it takes')
    .option('--remove', 'take the plan away')
    .action(
      withContext(async (ctx, domain: string, options: WarmUpOptions) => {
        if (options.remove) return endWarmUp(ctx, { domain, by: null })
        await planWarmUp(ctx, WarmUpForm.parse(await planOf(ctx, domain, options)), null)
        const { warmUps } = await sendingOverview(ctx)
        return warmUps.find((plan) => plan.domain === domain.toLowerCase())
      }),
    )
}

async function change(ctx: OpenContext, options: SetOptions) {
  const { settings } = await sendingOverview(ctx)
  const { perHour, hours, days, zone, recall, giveUp, policyLimit } = options
  const input = SendingSettingsForm.parse({
    ...settings,
    ...(perHour === undefined ? {} : { rate_per_hour: orNone(perHour) }),
    ...(hours === undefined ? {} : hoursOf(hours)),
    ...(days === undefined ? {} : { window_days: days.split(',') }),
    ...(zone === undefined ? {} : { window_zone: zone }),
    ...(recall === undefined ? {} : { recall_seconds: recall }),
    ...(giveUp === undefined ? {} : { give_up_hours: giveUp }),
    ...(policyLimit === undefined ? {} : { policy_limit_percent: policyLimit }),
  })
  await saveSendingSettings(ctx, input, null)
  return (await sendingOverview(ctx)).settings
}

/** What is named, beside what the plan says already. */
async function planOf(ctx: OpenContext, domain: string, { from, firstDay, growth, days }: WarmUpOptions) {
  const { warmUps } = await sendingOverview(ctx)
  const before = warmUps.find((plan) => plan.domain === domain.toLowerCase())
  return {
    domain,
    started_on: from ?? before?.started_on ?? ctx.clock.now().toISOString().slice(0, 10),
    first_day: firstDay ?? before?.first_day ?? '',
    growth_percent: growth ?? before?.growth_percent ?? '',
    days: days ?? before?.days ?? '',
  }
}

function hoursOf(text: string) {
  const [window_from, window_to] = orNone(text).split('-')
  return { window_from: window_from ?? '', window_to: window_to ?? '' }
}

/** Messages an hour, or null for the word none. Throws `ZodError`. */
export function perHourOf(text: string): number | null {
  return SpeedForm.parse({ rate_per_hour: orNone(text) }).rate_per_hour
}

/** The word for nothing, as the forms write it. */
function orNone(text: string): string {
  return text === 'none' ? '' : text
}
