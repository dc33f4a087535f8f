import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { composeMessage } from '../../src/delivery/compose-message.js'
import type { ReadyIssue } from '../../src/delivery/sending-issue.js'
import { readVerp } from '../../src/delivery/verp.js'
import { compileEdition } from '../../src/rendering/compile-edition.js'
import { compileWire } from '../../src/rendering/wire/wire-edition.js'
import { sampleContent } from '../helpers/sample-content.js'
import { createWorld, type World } from '../helpers/world.js'

const LIST = '00000000-0000-7000-8000-000000000001'
const HOSTILE = [
  'Ada\r\nBcc: victim@example.org',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}}<<contact.EMAIL>>',
  'a, b <c@d.example>; e',
  '\u202egnp.exe\u0000',
  'x'.repeat(10_000),
  '=?utf-8?q?evil?=',
]

let world: World
let issue: ReadyIssue
beforeAll(async () => {
  world = await createWorld()
  const edition = await compileEdition({ ...sampleContent(), subject: 'For <<contact.FIRSTNAME>>' })
  const ready = { date: '2 March 2026', edition, wire: compileWire(edition), variants: [] }
  issue = {
    id: '00000000-0000-7000-8000-0000000000aa',
    title: 'May',
    from: { name: 'Town, "News" <x@y.example>', address: 'news@example.org' },
    replyTo: null,
    lists: new Map([[LIST, { slug: 'town', name: 'Town\r\nX: y' }]]),
    editionFor: () => ready,
    senderDomain: 'example.org',
    firstRatePerHour: null,
  }
})
afterAll(() => world.close())

const messageFor = (name: string) =>
  composeMessage(world, issue, {
    id: '00000000-0000-7000-8000-0000000000bb',
    subscriberId: '00000000-0000-7000-8000-0000000000cc',
    listId: LIST,
    email: 'ada@example.org',
    language: null,
    fields: { FIRSTNAME: name, LASTNAME: name, CITY: name },
  })
const received = async (name: string) => PostalMime.parse(Buffer.concat((await messageFor(name)).chunks))

it.each(HOSTILE)('is one mail to one person, whatever the name: %j', async (name) => {
  const mail = await received(name)
  expect(mail.to?.map(({ address }) => address)).toEqual(['ada@example.org'])
  expect([mail.from?.address, mail.cc, mail.bcc]).toEqual(['news@example.org', undefined, undefined])
  expect(mail.headers.some(({ key }) => key === 'x' || key === 'bcc')).toBe(false)
  expect(mail.html).not.toContain('<img src=x')
  expect(mail.html).not.toMatch(/Dear 49/)
})

it('is so for any name at all, and starts no header of its own', async () => {
  const known = (await received('Ada')).headers.map(({ key }) => key)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (name) => {
      const { to, from, headers } = await received(name)
      expect(headers.map(({ key }) => key)).toEqual(known)
      expect([to?.map(({ address }) => address), from?.address]).toEqual([
        ['ada@example.org'],
        'news@example.org',
      ])
      expect((await messageFor(name)).envelope).toEqual({ from: 'news@example.org', to: 'ada@example.org' })
    }),
  )
})

it('gives each delivery a return path of its own that only we can have written', async () => {
  const config = { ...world.config, bounceDomain: 'bounce.example.org' }
  const delivery = { id: '0198c0de-0000-7000-8000-0000000000bb', subscriberId: LIST, listId: LIST }
  const { envelope } = await composeMessage({ ...world, config }, issue, {
    ...delivery,
    email: 'ada@example.org',
    language: null,
    fields: {},
  })
  const [local = '', domain] = envelope.from.split('@')
  expect(domain).toBe('bounce.example.org')
  expect(local).toMatch(/^[a-z2-7-]{10,64}$/)
  expect(readVerp(world.keys, local.toUpperCase())).toBe(delivery.id)
  const forged = `${local.slice(0, -2)}${local.at(-2) === 'a' ? 'b' : 'a'}${local.at(-1)}`
  expect(readVerp(world.keys, forged)).toBeNull()
  for (const other of ['', 'b-', 'news', `${local}a`, local.slice(0, -1)])
    expect(readVerp(world.keys, other)).toBeNull()
})
