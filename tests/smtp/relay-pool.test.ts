import type { Outcome, RelayTrouble, WireMessage } from '../../src/smtp/mailer.js'
import { RFC_PATIENCE } from '../../src/smtp/relay/patience.js'
import { parseRelays } from '../../src/smtp/relay/relay.js'
import { RelayPool } from '../../src/smtp/relay/relay-pool.js'
import { type Script, type ScriptedServer, startScriptedSmtp } from '../helpers/scripted-smtp.js'

const servers: ScriptedServer[] = []
const pools: RelayPool[] = []
const troubles: RelayTrouble[] = []
const recoveries: string[] = []
let now = new Date('2026-03-02T09:00:00Z')
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
  for (const server of servers.splice(0)) await server.close()
  troubles.length = 0
  recoveries.length = 0
  now = new Date('2026-03-02T09:00:00Z')
})

const serve = async (script?: Script, extensions?: readonly string[]) => {
  const server = await startScriptedSmtp(script, extensions)
  servers.push(server)
  return server
}
const poolFor = (urls: string, connections = 1, patience = RFC_PATIENCE) => {
  const pool = new RelayPool({
    relays: parseRelays(urls, { connections }),
    now: () => now,
    patience,
  })
  pool.watch({ troubled: (trouble) => troubles.push(trouble), recovered: (relay) => recoveries.push(relay) })
  pools.push(pool)
  return pool
}
const only = (server: ScriptedServer, parameters = '') => `smtp://127.0.0.1:${server.port}${parameters}`
const message = (to: string, content = 'Subject: hello\r\n\r\nhello\r\n'): WireMessage => ({
  envelope: { from: 'b-1@bounce.example.org', to },
  chunks: [Buffer.from(content)],
  size: Buffer.byteLength(content),
  needsSmtpUtf8: /[^ -~]/.test(to),
  envelopeId: 'd-1+a=b',
})
const readers = (count: number) => Array.from({ length: count }, (_, index) => `r${index}@example.org`)
const deliverAll = (pool: RelayPool, to: readonly string[]) =>
  Promise.all(to.map((address) => pool.deliver(message(address))))
const kinds = (outcomes: readonly Outcome[]) => outcomes.map(({ kind }) => kind)

it('sends the end of a content and the next envelope in one write', async () => {
  const server = await serve()
  const pool = poolFor(only(server))
  expect(kinds(await deliverAll(pool, readers(50)))).toEqual(readers(50).map(() => 'accepted'))
  expect(server.received.map(({ to }) => to)).toEqual(readers(50))
  expect(new Set(server.received.map(({ content }) => content)).size).toBe(1)
  expect(server.connections()).toBe(1)
  expect(server.pieces.filter((piece) => /\.\r\nMAIL FROM/.test(piece)).length).toBeGreaterThan(40)
  expect(server.pieces.join('')).toContain(
    'MAIL FROM:<b-1@bounce.example.org> SIZE=25\r\nRCPT TO:<r0@example.org>\r\nDATA\r\n',
  )
})

it('has bounces name the delivery and the address as we know it, where the server offers that', async () => {
  const server = await serve(undefined, ['PIPELINING', 'DSN', 'SMTPUTF8'])
  const outcomes = await deliverAll(poolFor(only(server)), ['o=x+y@example.org', 'ä@example.org'])
  expect(kinds(outcomes)).toEqual(['accepted', 'accepted'])
  const said = server.pieces.join('')
  expect(said).toContain('MAIL FROM:<b-1@bounce.example.org> RET=HDRS ENVID=d-1+2Ba+3Db\r\n')
  expect(said).toContain(
    'RCPT TO:<o=x+y@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;o+3Dx+2By@example.org\r\n',
  )
  expect(said).toContain('@example.org> NOTIFY=FAILURE,DELAY\r\n')
})

it('says of what is under way when it is closed how far it came', async () => {
  let asked: () => void = () => undefined
  const isHanging = new Promise<void>((resolve) => {
    asked = resolve
  })
  const server = await serve(({ stage }) => {
    if (stage !== 'dot') return null
    asked()
    return 'hang'
  })
  const pool = poolFor(only(server))
  const all = deliverAll(pool, readers(4))
  await isHanging
  await pool.close()
  const outcomes = kinds(await all)
  expect(outcomes.filter((kind) => kind === 'unknown')).toHaveLength(1)
  expect(outcomes.filter((kind) => kind === 'unavailable')).toHaveLength(3)
  expect(kinds(await deliverAll(pool, ['late@example.org']))).toEqual(['unavailable'])
})

it('says one command after the other where PIPELINING is not offered', async () => {
  const server = await serve(
    ({ stage, line }) => (stage === 'RCPT' && line.includes('r1@') ? '550 5.1.1 no such user' : null),
    [],
  )
  const outcomes = await deliverAll(poolFor(only(server)), readers(4))
  expect(kinds(outcomes)).toEqual(['accepted', 'rejected', 'accepted', 'accepted'])
  expect(server.pieces.some((piece) => /RCPT[^]*DATA/.test(piece))).toBe(false)
  expect(server.pieces.join('')).not.toContain('SIZE=')
})

it.each([
  [
    'RCPT',
    '550 5.1.1 no such user',
    { kind: 'rejected', reply: { stage: 'recipient', code: 550, enhancedCode: '5.1.1', class: 'hard' } },
  ],
  [
    'RCPT',
    '452 4.2.2 mailbox full',
    { kind: 'deferred', reply: { stage: 'recipient', code: 452, class: 'full' } },
  ],
  ['DATA', '451 4.3.0 try later', { kind: 'deferred', reply: { stage: 'data', code: 451 } }],
  [
    'dot',
    '554 5.7.1 looks like spam',
    { kind: 'rejected', reply: { stage: 'data', code: 554, class: 'policy' } },
  ],
  ['dot', '450 4.7.1 greylisted', { kind: 'deferred', reply: { stage: 'data', class: 'greylisted' } }],
  ['dot', '421 4.7.28 gsmtp unusual rate', { kind: 'deferred', reply: { code: 421, class: 'throttled' } }],
  ['dot', 'drop', { kind: 'unknown' }],
  ['dot', 'half-close', { kind: 'unknown' }],
] as const)('at %s, %s concerns that reader alone', async (at, said, expected) => {
  const server = await serve(({ stage, line, to }) =>
    stage === at && (to === 'r2@example.org' || line.includes('<r2@')) ? said : null,
  )
  const outcomes = await deliverAll(poolFor(only(server)), readers(6))
  const odd = outcomes.filter(({ kind }) => kind !== 'accepted')
  expect(odd).toHaveLength(1)
  expect(odd[0]).toMatchObject(expected)
  expect(outcomes[2]).toMatchObject(expected)
  const got = server.received.map(({ to }) => to)
  expect(new Set(got).size).toBe(got.length)
})

it('gives a refused reader no content, also when the server asks for it', async () => {
  const server = await serve(({ stage, line }) => {
    if (stage === 'RCPT' && line.includes('r1@')) return '550 5.1.1 unknown user'
    return stage === 'DATA' ? '354 go on' : null
  })
  expect(kinds(await deliverAll(poolFor(only(server)), readers(3)))).toEqual([
    'accepted',
    'rejected',
    'accepted',
  ])
  expect(server.received.map(({ to }) => to)).toEqual(['r0@example.org', 'r2@example.org'])
})

it.each(['421 4.3.2 enough for now', 'drop'])(
  'sends once to a reader whose envelope met %s',
  async (said) => {
    const server = await serve(({ stage, connection, message: done }) =>
      stage === 'MAIL' && connection === 1 && done === 2 ? said : null,
    )
    expect(kinds(await deliverAll(poolFor(only(server)), readers(6)))).toEqual(
      readers(6).map(() => 'accepted'),
    )
    expect(server.received.map(({ to }) => to).sort()).toEqual(readers(6))
    expect(troubles).toEqual([])
  },
)

const LONG = `Subject: long\r\n\r\n${'0123456789abcdef\r\n'.repeat(600_000)}`

it('knows that a content cut off in the middle was not delivered', async () => {
  const server = await serve(({ stage }) => (stage === 'content' ? 'drop' : null), ['PIPELINING'])
  expect(await poolFor(only(server)).deliver(message('a@example.org', LONG))).toMatchObject({
    kind: 'deferred',
    reply: { stage: 'data' },
  })
})

it.each([
  ['552 5.3.4 too big', 'rejected'],
  ['452 4.3.1 no space', 'deferred'],
  ['250 2.0.0 lies', 'unknown'],
])('takes an answer before the end of the content for what it is: %s', async (said, kind) => {
  const server = await serve(({ stage }) => (stage === 'content' ? said : null), ['PIPELINING'])
  expect(await poolFor(only(server)).deliver(message('a@example.org', LONG))).toMatchObject({ kind })
})

it('opens a new connection when one has carried its number of messages', async () => {
  const server = await serve()
  const outcomes = await deliverAll(poolFor(only(server, '?messages=10')), readers(35))
  expect(outcomes.filter(({ kind }) => kind !== 'accepted')).toEqual([])
  expect(server.connections()).toBe(4)
  expect(server.received).toHaveLength(35)
})

it('refuses on its own what the server has not offered to take', async () => {
  const server = await serve(undefined, ['PIPELINING', 'SIZE 1000'])
  const pool = poolFor(only(server))
  expect(await pool.deliver(message('jörg@example.org'))).toMatchObject({
    kind: 'rejected',
    reply: { class: 'unsupported', text: expect.stringContaining('eai_unsupported') },
  })
  expect(await pool.deliver(message('a@example.org', 'x'.repeat(1001)))).toMatchObject({
    kind: 'rejected',
    reply: { class: 'content' },
  })
  expect(await pool.deliver(message('a@example.org>\r\nRCPT TO:<b@example.org'))).toMatchObject({
    kind: 'rejected',
  })
  expect(await pool.deliver(message('a@example.org'))).toMatchObject({ kind: 'accepted' })
  expect(server.received.map(({ to }) => to)).toEqual(['a@example.org'])
})

it('writes to a non-ASCII mailbox where SMTPUTF8 is offered', async () => {
  const server = await serve(undefined, ['PIPELINING', '8BITMIME', 'SMTPUTF8'])
  expect(await poolFor(only(server)).deliver(message('jörg@example.org'))).toMatchObject({ kind: 'accepted' })
  expect(Buffer.from(server.pieces.join(''), 'latin1').toString()).toContain(
    'BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<jörg@example.org>',
  )
})

it.each([
  ['mail', 'MAIL', 'unavailable'],
  ['recipient', 'RCPT', 'deferred'],
  ['data', 'DATA', 'deferred'],
  ['final', 'dot', 'unknown'],
] as const)('gives up on a server that never answers to %s', async (step, at, kind) => {
  const server = await serve(({ stage }) => (stage === at ? 'hang' : null))
  const pool = poolFor(only(server), 1, { ...RFC_PATIENCE, [step]: 1 })
  expect(await pool.deliver(message('a@example.org'))).toMatchObject({ kind })
})

describe('a relay in trouble', () => {
  it.each([
    ['MAIL', '451 4.3.0 not now', 'mail-from'],
    ['greeting', '554 go away', 'connect'],
  ] as const)(
    'rests when it refuses at %s, longer each time, and costs no reader anything',
    async (at, said, stage) => {
      let isIll = true
      const server = await serve((asked) => (isIll && asked.stage === at ? said : null))
      const pool = poolFor(only(server, '?name=main'))
      for (const seconds of [10, 20, 40]) {
        expect(kinds(await deliverAll(pool, readers(2)))).toEqual(['unavailable', 'unavailable'])
        const until = new Date(now.getTime() + 1000 * seconds)
        expect(troubles.at(-1)).toMatchObject({ relay: 'main', reply: { stage }, until })
        expect(pool.restsUntil()).toEqual(until)
        now = until
      }
      isIll = false
      expect(kinds(await deliverAll(pool, readers(2)))).toEqual(['accepted', 'accepted'])
      expect([pool.restsUntil(), recoveries]).toEqual([null, ['main']])
    },
  )

  it('leaves its share to the others', async () => {
    const ill = await serve(({ stage }) => (stage === 'MAIL' ? '550 5.1.8 who are you' : null))
    const well = await serve()
    const pool = poolFor(`${only(ill, '?name=ill&weight=9')} ${only(well, '?name=well')}`)
    expect(kinds(await deliverAll(pool, readers(30)))).toEqual(readers(30).map(() => 'accepted'))
    expect(well.received).toHaveLength(30)
    expect(troubles.map(({ relay }) => relay)).toEqual(['ill'])
    expect(pool.restsUntil()).toBeNull()
  })

  it('is nobody listening at all', async () => {
    const gone = await serve()
    await gone.close()
    const pool = poolFor(only(gone))
    expect(await pool.deliver(message('a@example.org'))).toMatchObject({
      kind: 'unavailable',
      reply: { stage: 'connect' },
    })
  })

  it('rests when another process says so, and works again when it says so', async () => {
    const server = await serve()
    const pool = poolFor(only(server, '?name=main'))
    pool.rest('main', new Date(now.getTime() + 60_000))
    expect(kinds(await deliverAll(pool, readers(1)))).toEqual(['unavailable'])
    pool.rest('main', null)
    expect(kinds(await deliverAll(pool, readers(1)))).toEqual(['accepted'])
  })
})

it('shares messages by weight among relays that have room', async () => {
  const [heavy, light] = [await serve(), await serve()]
  const pool = poolFor(`${only(heavy, '?name=a&weight=3')} ${only(light, '?name=b&weight=1')}`, 5)
  for (const reader of readers(40)) await pool.deliver(message(reader))
  expect([heavy.received.length, light.received.length]).toEqual([30, 10])
})
