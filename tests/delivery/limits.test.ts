import fc from 'fast-check'
import { Allowance } from '../../src/delivery/limits/allowance.js'
import { ProviderFinder } from '../../src/delivery/limits/provider-finder.js'
import { providerOfDomain, providerOfMailServers } from '../../src/delivery/limits/providers.js'
import { opensAt } from '../../src/delivery/limits/sending-window.js'
import { takeTokens } from '../../src/delivery/limits/token-bucket.js'
import { warmUpCeiling } from '../../src/delivery/limits/warm-up.js'
import { providerConnections } from '../../src/delivery/permit.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('a rate that all workers share', () => {
  const rate = (key: string, perSecond: number, burst: number) => ({ key, perSecond, burst })
  const take = (limit: ReturnType<typeof rate>, want: number) =>
    takeTokens(world.db, limit, { want, now: world.clock.now() })

  it('gives what has flowed in, never more than waits, and nothing twice', async () => {
    const limit = rate('ten a second', 10, 10)
    expect(await take(limit, 4)).toBe(4)
    expect(await take(limit, 20)).toBe(6)
    expect(await take(limit, 1)).toBe(0)
    world.clock.advance(550)
    expect(await take(limit, 20)).toBe(5)
    world.clock.advance(3_600_000)
    expect(await take(limit, 20)).toBe(10)
  })

  it('is shared by any number who take at once', async () => {
    const limit = rate('crowd', 0.001, 100)
    const taken = await Promise.all(Array.from({ length: 40 }, () => take(limit, 7)))
    expect(taken.reduce((sum, got) => sum + got, 0)).toBe(100)
  })

  it('is kept by several workers together', async () => {
    const limit = rate('two workers', 20, 20)
    const workers = [1, 2].map(() => new Allowance(world.db, () => world.clock.now()))
    const sentIn = async (seconds: number) => {
      let sent = 0
      for (let tenth = 0; tenth < seconds * 10; tenth++) {
        for (const worker of workers) while ((await worker.take([limit])) === null) sent++
        world.clock.advance(100)
      }
      return sent
    }
    expect(await sentIn(1)).toBeLessThanOrEqual(40)
    expect(await sentIn(10)).toBeGreaterThanOrEqual(190)
    expect(await sentIn(10)).toBeLessThanOrEqual(201)
  })

  it('says when a daily ceiling opens again', async () => {
    const refillsAt = new Date(world.clock.now().getTime() + 5 * 3_600_000)
    const limit = { ...rate('a day', 0, 3), refillsAt }
    const worker = new Allowance(world.db, () => world.clock.now())
    for (const _ of [1, 2, 3]) expect(await worker.take([limit])).toBeNull()
    expect(await worker.take([limit])).toEqual(refillsAt)
  })
})

describe('the hours in which mail may leave', () => {
  const window = (
    from: string | null,
    to: string | null,
    days = [1, 2, 3, 4, 5, 6, 7],
    zone = 'Europe/Helsinki',
  ) => ({
    window_from: from,
    window_to: to,
    window_days: days,
    window_zone: zone,
  })
  // Monday, 2 March 2026; Helsinki is two hours ahead.
  it.each([
    ['2026-03-02T07:00:00Z', window('09:00:00', '17:00:00'), null],
    ['2026-03-02T06:59:59Z', window('09:00:00', '17:00:00'), '2026-03-02T07:00:00.000Z'],
    ['2026-03-02T15:00:00Z', window('09:00:00', '17:00:00'), '2026-03-03T07:00:00.000Z'],
    ['2026-03-06T15:00:00Z', window('09:00:00', '17:00:00', [1, 2, 3, 4, 5]), '2026-03-09T07:00:00.000Z'],
    ['2026-03-02T23:30:00Z', window('22:00:00', '06:00:00'), null],
    ['2026-03-02T05:00:00Z', window('22:00:00', '06:00:00'), '2026-03-02T20:00:00.000Z'],
    ['2026-03-02T01:00:00Z', window('22:00:00', '06:00:00', [1]), '2026-03-02T20:00:00.000Z'],
    // The clocks go forward on 29 March.
    ['2026-03-29T05:30:00Z', window('09:00:00', '17:00:00'), '2026-03-29T06:00:00.000Z'],
    ['2026-03-02T03:00:00Z', window(null, null), null],
    // Without hours the chosen days count whole: Sunday is over at midnight in Helsinki.
    ['2026-03-01T21:59:00Z', window(null, null, [1, 2, 3, 4, 5]), '2026-03-01T22:00:00.000Z'],
    ['2026-03-06T21:59:00Z', window(null, null, [1, 2, 3, 4, 5]), null],
    ['2026-03-06T22:00:00Z', window(null, null, [1, 2, 3, 4, 5]), '2026-03-08T22:00:00.000Z'],
    ['2026-03-02T03:00:00Z', window('09:00:00', '09:00:00'), null],
    ['2026-03-02T03:00:00Z', window('09:00:00', '17:00:00', []), null],
  ])('%s', (now, hours, expected) => {
    expect(opensAt(hours, new Date(now))?.toISOString() ?? null).toBe(expected)
  })

  it('opens at the moment it names, whatever the hours and the moment', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => `${parts.map((part) => String(part).padStart(2, '0')).join(':')}:00`)
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(time, time, days, moment, (from, to, on, now) => {
        const opens = opensAt(window(from, to, on), now)
        if (!opens) return
        expect(opens.getTime()).toBeGreaterThan(now.getTime())
        expect(opensAt(window(from, to, on), opens)).toBeNull()
      }),
    )
  })
})

describe('a plan for warming up', () => {
  const plan = {
    domain: 'example.org',
    started_on: '2026-03-01',
    first_day: 100,
    growth_percent: 50,
    days: 10,
  }
  it.each([
    ['2026-02-28', 0],
    ['2026-03-01', 100],
    ['2026-03-02', 150],
    ['2026-03-05', 506],
    ['2026-03-10', 3844],
    ['2026-03-11', null],
  ])('on %s allows %s', (day, ceiling) => {
    expect(warmUpCeiling(plan, new Date(`${day}T12:00:00Z`))).toBe(ceiling)
  })
})

describe('who operates a mailbox', () => {
  it.each([
    ['gmail.com', 'gmail'],
    ['googlemail.com', 'gmail'],
    ['hotmail.co.uk', 'microsoft'],
    ['outlook.fr', 'microsoft'],
    ['yahoo.de', 'yahoo'],
    ['icloud.com', 'apple'],
    ['web.de', 'gmx'],
    ['outlook.evil.example.com', null],
    ['example.org', null],
    ['notgmail.com', null],
  ])('%s', (domain, provider) => {
    expect(providerOfDomain(domain)).toBe(provider)
  })

  it.each([
    [['aspmx.l.google.com'], 'gmail'],
    [['example-org.mail.protection.outlook.com.'], 'microsoft'],
    [['mx.example.org'], null],
    [['aspmx.l.google.com.evil.example'], null],
  ])('%j', (servers, provider) => {
    expect(providerOfMailServers(servers)).toBe(provider)
  })

  it('is looked up once by its mail servers, and waited for by nobody', async () => {
    let asked = 0
    let answer: (servers: { exchange: string; priority: number }[]) => void = () => undefined
    const finder = new ProviderFinder(() => {
      asked++
      return new Promise((resolve) => {
        answer = resolve
      })
    })
    expect(finder.of('a@firm.example', false)).toBeNull()
    expect([finder.of('a@firm.example', true), finder.of('b@firm.example', true), asked]).toEqual([
      null,
      null,
      1,
    ])
    answer([{ exchange: 'aspmx.l.google.com', priority: 1 }])
    await new Promise((resolve) => setImmediate(resolve))
    expect(finder.of('c@firm.example', true)).toBe('gmail')
  })
})

it('shares out the few connections to a provider among all workers', () => {
  const limits = (connections: number | null, workers: string[]) => ({
    providers: new Map([
      [
        'gmail',
        { name: 'gmail', rate_per_hour: null, rests_until: null, connections, widens_at: null, reason: '' },
      ],
    ]),
    workers,
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (connections, count) => {
      const workers = Array.from({ length: count }, (_, index) => `w${index}`)
      const shares = workers.map(
        (worker) => providerConnections(limits(connections, workers) as never, 'gmail', worker) ?? 0,
      )
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(connections)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
    }),
  )
  expect(providerConnections(limits(null, ['w0']) as never, 'gmail', 'w0')).toBeNull()
})
