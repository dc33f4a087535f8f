import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { addSuppressions, type Suppressing } from '../../src/audience/add-suppressions.js'
import { createList } from '../../src/audience/create-list.js'
import { isLiftable, liftingRefusal, liftSuppression } from '../../src/audience/lift-suppression.js'
import { searchSubscribers } from '../../src/audience/search-subscribers.js'
import { findSuppression, isSuppressed, suppressAddress } from '../../src/audience/suppress-address.js'
import { parseSuppressionEntry } from '../../src/audience/suppression-entry.js'
import { suppressionHash, suppressionHashes } from '../../src/audience/suppression-hash.js'
import { exportSuppressions, searchSuppressions, suppressionCounts } from '../../src/audience/suppressions.js'
import { ConflictError, InvalidError } from '../../src/errors.js'
import { parseKeyRing } from '../../src/secrets.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const add = (text: string, more: Partial<Suppressing> = {}) =>
  addSuppressions(world, { text, reason: 'manual', note: '', includesSubdomains: false, by: null, ...more })
const suppressed = (emailKey: string) => isSuppressed(world, emailKey)
const idOf = async (search: string) => (await searchSuppressions(world, { search })).suppressions[0]?.id ?? ''
const audit = () =>
  world.db.selectFrom('audit_entry').select(['action', 'detail', 'subject_ids']).orderBy('id').execute()

describe('an entry', () => {
  it.each([
    ['Ada@Example.org', { emailKey: 'ada@example.org' }],
    [' example.ORG ', { domain: 'example.org', includesSubdomains: false }],
    ['@example.org', { domain: 'example.org', includesSubdomains: false }],
    ['*.example.org', { domain: 'example.org', includesSubdomains: true }],
    ['@*.müller.example', { domain: 'xn--mller-kva.example', includesSubdomains: true }],
  ])('%s is read', (text, entry) => {
    expect(parseSuppressionEntry(text)).toEqual(entry)
  })

  it.each([
    'org',
    '',
    'a b.example',
    'https://example.org/',
    '*.*.example.org',
    'a@b@example.org',
    '127.0.0.1',
    'x%41.example',
  ])('%s is named as broken', (text) => {
    expect(parseSuppressionEntry(text)).toEqual({ problem: expect.any(String) })
  })

  it('never throws, and says the same of what it has read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const entry = parseSuppressionEntry(text)
        if ('domain' in entry)
          expect(parseSuppressionEntry(`${entry.includesSubdomains ? '*.' : ''}${entry.domain}`)).toEqual(
            entry,
          )
      }),
    )
  })
})

describe('the hash', () => {
  it('is of the key, the purpose and the address, so that each key of the ring has its own', () => {
    const ring = parseKeyRing(`new:${'ab'.repeat(32)},old:${'cd'.repeat(32)}`)
    const mac = createHmac('sha256', Buffer.alloc(32, 0xab))
      .update('suppression:v1\0ada@example.org')
      .digest()
    expect(suppressionHash(ring[0], 'ada@example.org')).toEqual(mac)
    expect(new Set(suppressionHashes(ring, 'ada@example.org').map(String)).size).toBe(2)
    expect(suppressionHashes(ring, 'ada@example.org')[0]).toHaveLength(32)
  })
})

it('takes addresses and domains, keeps the graver reasons, and names each line that is broken', async () => {
  const text = 'ada@example.org\r\n\r\nnot one\nExample.COM\nADA@example.org\n*.example.net'
  expect(await add(text, { reason: 'hard-bounce', note: ' from the old system ' })).toEqual({
    added: 3,
    known: 1,
    problems: [{ line: 3, text: 'not one', problem: expect.any(String) }],
  })
  expect(await add('ada@example.org')).toMatchObject({ added: 0, known: 1 })
  expect(await suppressionCounts(world)).toMatchObject({ 'hard-bounce': 3, manual: 0 })
  expect(await audit()).toEqual([
    { action: 'add-suppressions', detail: '3 as hard-bounce: from the old system', subject_ids: [] },
  ])
  await expect(add(' \n ')).rejects.toThrow(InvalidError)
  await expect(add('a\n'.repeat(10_001))).rejects.toThrow('10001')
})

it('lets a graver reason win and a domain grow, never the other way round', async () => {
  await add('ada@example.org\nexample.com', { note: 'list of 2024' })
  await add('ada@example.org\nexample.com\nada@example.org', { reason: 'complaint', note: 'phoned' })
  expect(await add('ada@example.org', { reason: 'unsubscribe-all' })).toMatchObject({ added: 0, known: 1 })
  expect(await add('*.example.com')).toMatchObject({ added: 1, known: 0 })
  expect(await add('example.com')).toMatchObject({ added: 0, known: 1 })
  const { suppressions } = await searchSuppressions(world, {})
  expect(suppressions).toHaveLength(2)
  for (const one of suppressions)
    expect(one).toMatchObject({ reason: 'complaint', note: 'list of 2024; phoned' })
  expect(await suppressed('bo@mail.example.com')).toBe(true)
})

it('takes ten thousand lines at once', async () => {
  const text = Array.from({ length: 10_000 }, (_, number) => `r${number}@example.org`).join('\n')
  expect(await add(text)).toEqual({ added: 10_000, known: 0, problems: [] })
})

it('forbids an address, exactly a domain, or a domain with what lies below it', async () => {
  await add('ada@example.org\nexample.com\n*.example.net')
  expect(await suppressed('ada@example.org')).toBe(true)
  expect(await suppressed('bo@example.org')).toBe(false)
  expect(await suppressed('bo@example.com')).toBe(true)
  expect(await suppressed('bo@mail.example.com')).toBe(false)
  expect(await suppressed('bo@notexample.com')).toBe(false)
  expect(await suppressed('bo@example.net')).toBe(true)
  expect(await suppressed('bo@deep.mail.example.net')).toBe(true)
  expect(await suppressed('bo@net')).toBe(false)
})

it('is asked when somebody is added, signs up or is shown', async () => {
  const list = await createList(world, { name: 'News' })
  await addSubscriber(world, { email: 'bo@mail.example.net', listIds: [list], note: 'Fair' })
  await add('*.example.net')
  await expect(
    addSubscriber(world, { email: 'x@example.net', listIds: [list], note: 'Fair' }),
  ).rejects.toThrow('must not get mail')
  await signUp(world, { email: 'y@a.example.net', listIds: [list], consentText: 'Yes', language: 'en' })
  expect(world.enqueued).toEqual([])
  const { subscribers } = await searchSubscribers(world)
  expect(subscribers).toMatchObject([{ email: 'bo@mail.example.net', isSuppressed: true }])
})

it('finds an erased address by its hash alone, also under an older key', async () => {
  const old = parseKeyRing(`old:${'cd'.repeat(32)}`)
  const hash = suppressionHash(old[0], 'ada@example.org')
  const row = { id: '0192d3a0-0000-7000-8000-000000000001', email_key: null, created_at: world.clock.now() }
  await world.db
    .insertInto('suppression')
    .values({ ...row, address_hash: hash, key_id: 'old', reason: 'erased' })
    .execute()
  expect(await suppressed('ada@example.org')).toBe(false)
  const rotated = { ...world, keys: parseKeyRing(`new:${'ab'.repeat(32)},old:${'cd'.repeat(32)}`) }
  expect(await isSuppressed(rotated, 'ada@example.org')).toBe(true)
  const { suppressions } = await searchSuppressions(rotated, { search: 'Ada@Example.org' })
  expect(suppressions).toMatchObject([{ reason: 'erased', email_key: null, domain: null }])
  expect((await searchSuppressions(rotated, { search: 'ada@' })).suppressions).toEqual([])
})

it('is searched by part and reason, page by page', async () => {
  await add('ada@example.org\nbo@example.org\nexample.com')
  await add('cy@example.org', { reason: 'complaint' })
  const found = async (filter: object) =>
    (await searchSuppressions(world, filter)).suppressions.map((one) => one.email_key ?? one.domain)
  expect(await found({ search: '@example.o' })).toHaveLength(3)
  expect(await found({ search: 'EXAMPLE.C' })).toEqual(['example.com'])
  expect(await found({ reason: 'complaint' })).toEqual(['cy@example.org'])
  expect(await found({ search: 'x@example.com' })).toEqual(['example.com'])
  expect(await found({ search: 'x@example.com', reason: 'complaint' })).toEqual([])
  const first = await searchSuppressions(world, { limit: 3 })
  expect(first.suppressions).toHaveLength(3)
  const rest = await searchSuppressions(world, { limit: 3, after: first.next ?? '' })
  expect(rest).toMatchObject({ suppressions: [{}], next: null })
})

it('is exported without those who were erased, and without formulas', async () => {
  await add('=1+1@example.org\n*.example.com', { note: '=HYPERLINK("x")' })
  const row = { id: '0192d3a0-0000-7000-8000-000000000001', email_key: null, created_at: world.clock.now() }
  await world.db
    .insertInto('suppression')
    .values({ ...row, address_hash: Buffer.alloc(32), key_id: 'k', reason: 'erased' })
    .execute()
  const pieces: string[] = []
  for await (const piece of exportSuppressions(world)) pieces.push(piece)
  const [header, ...lines] = pieces.join('').trim().split('\n')
  lines.sort()
  expect(lines).toHaveLength(2)
  expect(header).toBe('address,domain,subdomains,reason,note,since')
  expect(lines[0]).toMatch(/^'=1\+1@example\.org,,,manual,"'=HYPERLINK/)
  expect(lines[1]).toMatch(/^,example\.com,yes,manual/)
})

describe('lifting', () => {
  it('needs a reason, is audited and leaves alone what only the owner can end', async () => {
    const list = await createList(world, { name: 'News' })
    const subscriberId = await addSubscriber(world, {
      email: 'ada@example.org',
      listIds: [list],
      note: 'Fair',
    })
    await add('ada@example.org\nexample.com')
    await suppressAddress(world, { email: 'cy@example.org', reason: 'complaint' })
    const lift = (id: string, why = 'Asked by phone') => liftSuppression(world, { id, why, by: null })
    const id = await idOf('ada@example.org')
    await expect(lift(id, ' ')).rejects.toMatchObject({ issues: { why: expect.any(String) } })
    world.clock.advance(1000)
    await lift(id)
    world.clock.advance(1000)
    await lift(await idOf('x@example.com'))
    expect(await suppressed('ada@example.org')).toBe(false)
    expect((await audit()).slice(1)).toEqual([
      { action: 'lift-suppression', detail: 'manual: Asked by phone', subject_ids: [id, subscriberId] },
      {
        action: 'lift-suppression',
        detail: 'example.com, manual: Asked by phone',
        subject_ids: [expect.any(String)],
      },
    ])
    await expect(lift(id)).rejects.toThrow(ConflictError)
    await expect(lift(await idOf('cy@example.org'))).rejects.toThrow(ConflictError)
    expect(await findSuppression(world, 'cy@example.org')).toMatchObject({ reason: 'complaint' })
  })

  it.each(['hard-bounce', 'manual', 'complaint', 'unsubscribe-all', 'erased'] as const)(
    'of %s says why when it is not possible',
    (reason) => {
      for (const domain of [null, 'example.org'])
        expect(liftingRefusal({ reason, domain }) === null).toBe(isLiftable({ reason }))
    },
  )
})
