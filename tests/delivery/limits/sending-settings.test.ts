import { ZodError } from 'zod'
import { endWarmUp } from '../../../src/delivery/limits/end-warm-up.js'
import { SendingSettingsForm, WarmUpForm } from '../../../src/delivery/limits/limit-forms.js'
import { limitProvider } from '../../../src/delivery/limits/limit-provider.js'
import { planWarmUp } from '../../../src/delivery/limits/plan-warm-up.js'
import { saveSendingSettings } from '../../../src/delivery/limits/save-sending-settings.js'
import { takeTokens } from '../../../src/delivery/limits/token-bucket.js'
import { warmUpDays, warmUpKey } from '../../../src/delivery/limits/warm-up.js'
import { InvalidError, sentences } from '../../../src/errors.js'
import { sendingOverview } from '../../../src/operations/sending-overview.js'
import { wakeProvider } from '../../../src/operations/wake-provider.js'
import { wakeRelay } from '../../../src/operations/wake-relay.js'
import { fannedOutIssue } from '../../helpers/sent-issue.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const FORM = {
  rate_per_hour: '20 000',
  window_from: '08:00',
  window_to: '20:00',
  window_days: ['1', '2', '3'],
  window_zone: 'Europe/Helsinki',
  recall_seconds: '30',
  give_up_hours: '24',
  policy_limit_percent: '3',
}
const PLAN = { domain: 'example.org', started_on: '2026-03-01', first_day: 100, growth_percent: 50, days: 10 }
const audits = () =>
  world.db
    .selectFrom('audit_entry')
    .select(['action', 'detail'])
    .where('action', '<>', 'schedule-issue')
    .orderBy('action')
    .orderBy('detail')
    .execute()
const wokenAfter = async (act: () => Promise<void>) => {
  const { issueId } = await fannedOutIssue(world, `town${Math.random().toString(36).slice(2, 9)}`, 2)
  const later = new Date(world.clock.now().getTime() + 3_600_000)
  await world.db.updateTable('batch').set({ due_at: later }).where('issue_id', '=', issueId).execute()
  world.enqueued.length = 0
  await act()
  const { due_at } = await world.db
    .selectFrom('batch')
    .select('due_at')
    .where('issue_id', '=', issueId)
    .executeTakeFirstOrThrow()
  expect(world.enqueued.map(({ name }) => name)).toContain('send-issue')
  return due_at
}

describe('the settings of sending', () => {
  it('are saved, noted with what changed, and wake what waited', async () => {
    const due = await wokenAfter(() => saveSendingSettings(world, SendingSettingsForm.parse(FORM), null))
    expect(due).toEqual(world.clock.now())
    expect((await sendingOverview(world)).settings).toMatchObject({
      rate_per_hour: 20_000,
      window_from: '08:00:00',
      window_days: [1, 2, 3],
      give_up_hours: 24,
    })
    const [entry] = await audits()
    expect(entry?.action).toBe('save-sending-settings')
    expect(entry?.detail).toContain('messages an hour: none → 20000; hours from: none → 08:00')
  })

  it('note nothing when nothing changed', async () => {
    const input = SendingSettingsForm.parse(FORM)
    await saveSendingSettings(world, input, null)
    await saveSendingSettings(world, input, null)
    expect(await audits()).toHaveLength(1)
  })

  it.each([
    [{ rate_per_hour: '' }, null],
    [{ rate_per_hour: '0' }, 'rate_per_hour'],
    [{ rate_per_hour: '1.5' }, 'rate_per_hour'],
    [{ rate_per_hour: 'many' }, 'rate_per_hour'],
    [{ window_from: '25:00' }, 'window_from'],
    [{ window_from: '' }, 'window_from'],
    [{ window_to: '' }, 'window_to'],
    [{ window_to: '08:00' }, 'window_to'],
    [{ window_from: '', window_to: '' }, null],
    [{ window_from: '22:00', window_to: '06:00' }, null],
    [{ window_days: [] }, 'window_days'],
    [{ window_days: undefined }, 'window_days'],
    [{ window_days: '8' }, 'window_days'],
    [{ window_days: '7' }, null],
    [{ window_zone: 'Moon/Tranquillity' }, 'window_zone'],
    [{ recall_seconds: '121' }, 'recall_seconds'],
    [{ recall_seconds: '0' }, null],
    [{ recall_seconds: '' }, 'recall_seconds'],
    [{ give_up_hours: '0' }, 'give_up_hours'],
    [{ give_up_hours: '121' }, 'give_up_hours'],
    [{ policy_limit_percent: '101' }, 'policy_limit_percent'],
  ])('%j: wrong is %s', (change, field) => {
    const parsed = SendingSettingsForm.safeParse({ ...FORM, ...change })
    expect(parsed.success ? [] : Object.keys(sentences(parsed.error))).toEqual(field ? [field] : [])
  })
})

describe('a provider of mailboxes', () => {
  it('is limited and set free, and wakes what waited', async () => {
    const limit = (ratePerHour: number | null) =>
      limitProvider(world, { name: 'gmail', ratePerHour, by: null })
    await wokenAfter(() => limit(1000))
    expect((await sendingOverview(world)).providers).toMatchObject([{ name: 'gmail', rate_per_hour: 1000 }])
    await limit(null)
    expect((await sendingOverview(world)).providers).toMatchObject([{ name: 'gmail', rate_per_hour: null }])
    expect((await audits()).map(({ detail }) => detail)).toEqual(['gmail: 1000 an hour', 'gmail: no limit'])
  })

  it('must be known', async () => {
    const limit = limitProvider(world, { name: 'gnail', ratePerHour: 1, by: null })
    await expect(limit).rejects.toThrow(InvalidError)
  })

  it('works again when an operator says so, with few connections, once', async () => {
    const until = new Date(world.clock.now().getTime() + 600_000)
    await world.db
      .insertInto('provider')
      .values({ name: 'yahoo', rate_per_hour: null, rests_until: until, connections: 1, widens_at: until })
      .execute()
    await wokenAfter(() => wakeProvider(world, { name: 'yahoo', by: null }))
    const [yahoo] = (await sendingOverview(world)).providers
    expect(yahoo).toMatchObject({ rests_until: null, connections: 1 })
    expect(yahoo?.widens_at).toEqual(new Date(world.clock.now().getTime() + 60_000))
    await expect(wakeProvider(world, { name: 'yahoo', by: null })).rejects.toThrow('does not rest any more')
  })
})

it('lets a mail server be tried again now, and keeps what it said', async () => {
  const now = world.clock.now()
  const state = { rests_until: new Date(now.getTime() + 60_000), stage: 'auth', code: 535, text: '535 wrong' }
  await world.db
    .insertInto('relay')
    .values({ name: 'mx1', changed_at: now, ...state })
    .execute()
  await wokenAfter(() => wakeRelay(world, { name: 'mx1', by: null }))
  expect((await sendingOverview(world)).relays).toMatchObject([{ rests_until: null, text: '535 wrong' }])
  await expect(wakeRelay(world, { name: 'mx1', by: null })).rejects.toThrow('does not rest any more')
})

describe('warming up a sender domain', () => {
  const left = () => takeTokens(world.db, bucket(0), { want: 100_000, now: world.clock.now() })
  const bucket = (burst: number) => ({
    key: warmUpKey('example.org', world.clock.now()),
    perSecond: 0,
    burst,
  })
  const take = (want: number, burst: number) =>
    takeTokens(world.db, bucket(burst), { want, now: world.clock.now() })

  it('counts what went today, also when the plan changes', async () => {
    await planWarmUp(world, PLAN, null)
    expect(await take(120, 150)).toBe(120)
    const today = async () => (await sendingOverview(world)).warmUps
    expect(await today()).toMatchObject([{ domain: 'example.org', ceiling: 150, sentToday: 120 }])
    await wokenAfter(() => planWarmUp(world, { ...PLAN, first_day: 200 }, null))
    expect(await today()).toMatchObject([{ ceiling: 300, sentToday: 120 }])
    await planWarmUp(world, { ...PLAN, first_day: 20 }, null)
    expect(await today()).toMatchObject([{ ceiling: 30, sentToday: 30 }])
    expect(await left()).toBe(0)
  })

  it('ends, and begins anew with the whole day', async () => {
    await planWarmUp(world, PLAN, null)
    await take(150, 150)
    await endWarmUp(world, { domain: 'example.org', by: null })
    expect((await sendingOverview(world)).warmUps).toEqual([])
    await planWarmUp(world, PLAN, null)
    expect(await take(1000, 150)).toBe(150)
    await expect(endWarmUp(world, { domain: 'nowhere.example', by: null })).rejects.toThrow(
      'not being warmed up',
    )
    expect((await audits()).map(({ action }) => action)).toEqual([
      'end-warm-up',
      'plan-warm-up',
      'plan-warm-up',
    ])
  })

  it('is shown day by day, from today', () => {
    const from = (now: string) =>
      warmUpDays(PLAN, new Date(now), 3).map(({ date, ceiling }) => [date, ceiling])
    expect(from('2026-02-20T10:00:00Z')[0]).toEqual(['2026-03-01', 100])
    expect(from('2026-03-02T10:00:00Z')).toEqual([
      ['2026-03-02', 150],
      ['2026-03-03', 225],
      ['2026-03-04', 337],
    ])
    expect(from('2026-03-10T10:00:00Z')).toHaveLength(1)
    expect(from('2026-03-11T10:00:00Z')).toHaveLength(0)
  })

  it.each([
    [{ domain: 'News.Example.org ' }, null],
    [{ domain: 'https://example.org' }, 'domain'],
    [{ domain: 'news@example.org' }, 'domain'],
    [{ started_on: 'tomorrow' }, 'started_on'],
    [{ first_day: '0' }, 'first_day'],
    [{ growth_percent: '401' }, 'growth_percent'],
    [{ days: '181' }, 'days'],
    [{ growth_percent: '400', days: '60' }, 'days'],
  ])('%j: wrong is %s', (change, field) => {
    const form = { ...PLAN, first_day: '500', growth_percent: '50', days: '14', ...change }
    const parsed = WarmUpForm.safeParse(form)
    const wrong = parsed.error instanceof ZodError ? Object.keys(sentences(parsed.error)) : []
    expect(wrong).toEqual(field ? [field] : [])
  })
})
