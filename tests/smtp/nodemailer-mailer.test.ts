import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createPlainMailer } from '../../src/smtp/create-mailer.js'
import type { Mail, Mailer, Outcome } from '../../src/smtp/mailer.js'
import { parseRelays } from '../../src/smtp/relay/relay.js'

type Script = Partial<Record<'greeting' | 'MAIL' | 'RCPT' | 'DATA' | 'dot', string | 'drop'>>

let server: Server | null = null
let mailer: Mailer | null = null
const received: string[] = []

afterEach(async () => {
  await mailer?.close()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  received.length = 0
})

/** A server that follows a script: the reply at each stage, or a dropped connection. */
async function scripted(script: Script): Promise<Mailer> {
  server = createServer((socket) => converse(socket, script)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  mailer = createPlainMailer({
    relays: parseRelays(`smtp://127.0.0.1:${port}`, { connections: 1 }),
    now: () => new Date(),
  })
  return mailer
}

function converse(socket: Socket, script: Script): void {
  let buffer = ''
  let inBody = false
  const answer = (stage: keyof Script, fallback: string) => {
    const reply = script[stage] ?? fallback
    if (reply === 'drop') socket.destroy()
    else socket.write(`${reply}\r\n`)
    return reply
  }
  socket.on('error', () => undefined)
  answer('greeting', '220 ready')
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1')
    for (;;) {
      const ending = inBody ? '\r\n.\r\n' : '\r\n'
      const at = buffer.indexOf(ending)
      if (at < 0) return
      const line = buffer.slice(0, at)
      buffer = buffer.slice(at + ending.length)
      if (inBody) {
        inBody = false
        received.push(line)
        answer('dot', '250 2.0.0 queued')
      } else if (/^EHLO/i.test(line)) socket.write('250 hello\r\n')
      else if (/^MAIL/i.test(line)) answer('MAIL', '250 ok')
      else if (/^RCPT/i.test(line)) answer('RCPT', '250 ok')
      else if (/^DATA/i.test(line)) inBody = answer('DATA', '354 go on').startsWith('354')
      else socket.write('250 ok\r\n')
    }
  })
}

const mail = (more: Partial<Mail> = {}): Mail => ({
  from: { name: 'Us, the "team"', address: 'news@example.org' },
  to: { name: 'Ada', address: 'ada@example.net' },
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello\n.\n.hidden dot',
  messageId: '<1@example.org>',
  date: new Date('2026-03-02T09:00:00Z'),
  headers: {
    'List-Unsubscribe': `<https://news.example.org/u/${'x'.repeat(120)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  envelope: { from: 'news@example.org', to: 'ada@example.net' },
  ...more,
})

it.each<[string, Script, { kind: Outcome['kind']; reply: object }]>([
  ['accepts', {}, { kind: 'accepted', reply: { stage: 'data', code: 250, enhancedCode: '2.0.0' } }],
  ['a greeting of 554', { greeting: '554 no' }, { kind: 'unavailable', reply: { stage: 'connect' } }],
  [
    'MAIL FROM refused',
    { MAIL: '550 5.1.8 bad sender' },
    { kind: 'unavailable', reply: { stage: 'mail-from', code: 550 } },
  ],
  [
    'RCPT 550',
    { RCPT: '550 5.1.1 no such user' },
    { kind: 'rejected', reply: { stage: 'recipient', code: 550, enhancedCode: '5.1.1' } },
  ],
  [
    'RCPT 450',
    { RCPT: '450 4.2.1 later' },
    { kind: 'deferred', reply: { stage: 'recipient', code: 450, enhancedCode: '4.2.1' } },
  ],
  ['DATA 451', { DATA: '451 4.3.0 later' }, { kind: 'deferred', reply: { stage: 'data', code: 451 } }],
  [
    '554 after the dot',
    { dot: '554 5.7.1 spam' },
    { kind: 'rejected', reply: { stage: 'data', code: 554, enhancedCode: '5.7.1' } },
  ],
  ['452 after the dot', { dot: '452 4.2.2 full' }, { kind: 'deferred', reply: { stage: 'data', code: 452 } }],
  ['a drop at RCPT', { RCPT: 'drop' }, { kind: 'deferred', reply: { code: null } }],
  ['a drop after the dot', { dot: 'drop' }, { kind: 'unknown', reply: { stage: 'data', code: null } }],
])('%s', async (_name, script, expected) => {
  const outcome = await (await scripted(script)).send(mail())
  expect(outcome).toMatchObject(expected)
})

it('calls a relay that is not there unavailable', async () => {
  mailer = createPlainMailer({
    relays: parseRelays('smtp://127.0.0.1:1', { connections: 1 }),
    now: () => new Date(),
  })
  expect(await mailer.send(mail())).toMatchObject({ kind: 'unavailable', reply: { stage: 'connect' } })
})

it('sends text before HTML, dots stuffed, one of each header, the unsubscribe header unfolded', async () => {
  await (await scripted({})).send(mail({ subject: 'Hi\r\nBcc: evil@example.com' }))
  const [raw = ''] = received
  const [head = ''] = raw.split('\r\n\r\n')
  expect(raw.indexOf('text/plain')).toBeLessThan(raw.indexOf('text/html'))
  expect(raw).toContain('\r\n..\r\n..hidden dot')
  expect(head).toContain(`List-Unsubscribe: <https://news.example.org/u/${'x'.repeat(120)}>\r\n`)
  expect(head).not.toMatch(/^(Bcc|X-Mailer):/im)
  const names = head
    .split('\r\n')
    .filter((line) => /^\S/.test(line))
    .map((line) => line.split(':')[0]?.toLowerCase())
  expect(new Set(names).size).toBe(names.length)
  expect(raw.split('\r\n').every((line) => line.length <= 998)).toBe(true)
})

it.each([
  'x@e.net\r\nBcc: evil@x.org',
  'x@e.net, evil@x.org',
  'G: evil@x.org;',
  '<x@e.net>',
  '"a b"@e.net',
  'x@e.net\0',
  'grün@e.net',
  `${'x'.repeat(65)}@e.net`,
])('refuses %j before it reaches the wire', async (address) => {
  const transport = await scripted({})
  const outcome = await transport.send(
    mail({ to: { name: '', address }, envelope: { from: 'news@example.org', to: address } }),
  )
  expect(outcome).toMatchObject({ kind: 'rejected', reply: { stage: 'recipient', code: null } })
  expect(received).toEqual([])
})
