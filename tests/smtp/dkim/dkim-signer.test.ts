import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { createDkimSigners, parseDkimKeys } from '../../../src/smtp/dkim/dkim-keys.js'
import { dkimRecord } from '../../../src/smtp/dkim/dkim-record.js'
import { createDkimSigner, signMessage } from '../../../src/smtp/dkim/dkim-signer.js'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const ed25519 = generateKeyPairSync('ed25519').privateKey
const KEYS = [
  { selector: 's1', privateKey: rsa },
  { selector: 'ed', privateKey: ed25519 },
]
const records: Record<string, string> = Object.fromEntries(
  KEYS.map((key) => [`${key.selector}._domainkey.example.org`, dkimRecord(key)]),
)
const signer = createDkimSigner({ domain: 'example.org', keys: KEYS })
const SIGNED_AT = new Date('2026-03-02T09:00:00Z')

const MESSAGE = [
  'From: Town News <news@example.org>',
  'To: Ada <ada@example.net>',
  'Subject: =?UTF-8?B?R3LDvMOfZQ==?= and a long subject that is folded over',
  ' two lines',
  'Message-ID: <1@example.org>',
  'Date: Mon, 02 Mar 2026 09:00:00 +0000',
  'List-Unsubscribe: <https://news.example.org/u/token>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'List-Id: "Town" <town.lists.example.org>',
  'Feedback-ID: a:b:c:carillon',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello  there, \t friend. ',
  '',
  '.dot',
  '',
  '',
].join('\r\n')

const sign = async (message: string, by = signer) =>
  (await signMessage(by, Buffer.from(message), SIGNED_AT)).toString()

async function verdicts(message: string): Promise<string[]> {
  const { results } = await dkimVerify(Buffer.from(message), {
    curTime: SIGNED_AT,
    resolver: async (name: string) => [[records[name] ?? '']],
  })
  return results.map(({ status }) => status.result)
}

it('signs with both keys so that an independent verifier agrees', async () => {
  const signed = await sign(MESSAGE)
  expect(await verdicts(signed)).toEqual(['pass', 'pass'])
  for (const line of signed.split('\r\n')) expect(line.length).toBeLessThanOrEqual(100)
})

it('covers what RFC 8058 and the large providers ask for, and lets nobody add a second From', async () => {
  const [signature = ''] = await signer.sign(
    MESSAGE.split('\r\n\r\n')[0]?.split(/\r\n(?! )/) ?? [],
    [],
    SIGNED_AT,
  )
  const names = (/h=([^;]+);/.exec(signature)?.[1] ?? '').replace(/\s/g, '').split(':')
  for (const name of [
    'to',
    'subject',
    'date',
    'message-id',
    'list-unsubscribe',
    'list-unsubscribe-post',
    'feedback-id',
    'list-id',
  ])
    expect(names).toContain(name)
  expect(names.filter((name) => name === 'from')).toHaveLength(2)
  expect(names.filter((name) => name === 'list-unsubscribe-post')).toHaveLength(2)
  expect(names.filter((name) => name === 'reply-to')).toHaveLength(1)
  expect(signature).not.toMatch(/\bl=/)
  expect(signature).toContain('c=relaxed/relaxed')
})

it.each([
  ['a second From', (text: string) => text.replace('From:', 'From: evil@example.com\r\nFrom:')],
  ['a second Subject', (text: string) => text.replace('\r\nTo:', '\r\nSubject: evil\r\nTo:')],
  ['a Reply-To', (text: string) => text.replace('\r\nTo:', '\r\nReply-To: evil@example.com\r\nTo:')],
  ['another one-click link', (text: string) => text.replace('/u/token', '/u/tokem')],
  ['no List-Unsubscribe-Post', (text: string) => text.replace(/List-Unsubscribe-Post:.*\r\n/, '')],
  ['another body', (text: string) => text.replace('Hello', 'Hallo')],
  ['more body', (text: string) => `${text}more\r\n`],
])('is broken by %s', async (_what, tamper) => {
  const results = await verdicts(tamper(await sign(MESSAGE)))
  expect(results).toHaveLength(2)
  expect(results).not.toContain('pass')
})

it('survives what relays may do: folding and blanks', async () => {
  const signed = await sign(MESSAGE)
  const relayed = signed
    .replace('Feedback-ID: a', 'Feedback-ID:\r\n   a')
    .replace('Hello  there', 'Hello   there')
  expect(await verdicts(relayed)).toEqual(['pass', 'pass'])
})

it('holds for any header and body', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '\t', 'é', ':', ';', '=', '.', '-'),
    maxLength: 60,
  })
  const lines = fc.array(text, { maxLength: 8 }).map((all) => all.join('\r\n'))
  await fc.assert(
    fc.asyncProperty(text, text, lines, async (subject, name, body) => {
      const message = `From: a@example.org\r\nSubject: ${subject}\r\nTo: ${name}x <b@example.org>\r\n\r\n${body}.\r\n`
      expect(await verdicts(await sign(message))).toEqual(['pass', 'pass'])
    }),
    { numRuns: 60 },
  )
})

it('passes with Debian’s dkimpy, too', async () => {
  const script = [
    'import sys, json, dkim',
    'message = sys.stdin.buffer.read(); records = json.loads(sys.argv[1])',
    'dns = lambda name, **_: records.get(name.decode().rstrip("."), "").encode()',
    'verifier = dkim.DKIM(message)',
    'print([verifier.verify(idx=i, dnsfunc=dns) for i in (0, 1)])',
  ].join('\n')
  const python = '/usr/bin/python3'
  if (spawnSync(python, ['-c', 'import dkim, nacl']).status !== 0) {
    if (process.env['CI'] === 'true')
      throw new Error('python3-dkim and python3-nacl are missing: they must be there in CI.')
    process.stderr.write('Skipped the second DKIM verifier: there is no python3-dkim here.\n')
    return
  }
  const run = spawnSync(python, ['-c', script, JSON.stringify(records)], { input: await sign(MESSAGE) })
  expect(`${run.stdout}${run.stderr}`.trim()).toBe('[True, True]')
})

describe('the keys', () => {
  const pem = (key: KeyObject) => Buffer.from(key.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
  const der = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' }).toString('base64')

  it('are read from one line each, several for a domain', () => {
    const keys = parseDkimKeys(
      `example.org:s1:${pem(rsa)}, example.org:ed:${der(ed25519)}\nexample.net:s1:${der(rsa)}`,
    )
    expect([...keys].map(([domain, own]) => [domain, own.map(({ selector }) => selector)])).toEqual([
      ['example.org', ['s1', 'ed']],
      ['example.net', ['s1']],
    ])
    expect([...createDkimSigners(keys).keys()]).toEqual(['example.org', 'example.net'])
    expect(parseDkimKeys('').size).toBe(0)
  })

  it.each([
    ['no key at all', 'example.org'],
    ['a broken key', 'example.org:s1:c2VjcmV0'],
    [
      'a key too short',
      () => `example.org:s1:${der(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)}`,
    ],
    [
      'a key of another kind',
      () => `example.org:s1:${der(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)}`,
    ],
    ['no such file', 'example.org:s1:file:/nowhere/key.pem'],
  ])('are refused without being quoted: %s', (_what, given) => {
    const text = typeof given === 'string' ? given : given()
    const read = () => parseDkimKeys(text)
    expect(read).toThrow('DKIM_KEYS')
    try {
      read()
    } catch (error) {
      expect((error as Error).message).not.toContain(text.split(':')[2] ?? 'c2VjcmV0')
    }
  })
})
