import { createMailer, createPlainMailer } from '../../src/smtp/create-mailer.js'
import type { Mailer, Outcome, SmtpStage, WireMessage } from '../../src/smtp/mailer.js'
import { parseRelays } from '../../src/smtp/relay/relay.js'
import type { ReplyClass } from '../../src/smtp/reply-class.js'
import { type ScriptedServer, type Stage, startScriptedSmtp } from '../helpers/scripted-smtp.js'

type MailerUnderTest = [name: string, create: (url: string) => Mailer]
const mailers: MailerUnderTest[] = [
  [
    'nodemailer',
    (url) => createPlainMailer({ relays: parseRelays(url, { connections: 1 }), now: () => new Date() }),
  ],
  [
    'pipelining',
    (url) => createMailer({ relays: parseRelays(url, { connections: 1 }), now: () => new Date() }),
  ],
]
const extensions: [name: string, offered: readonly string[]][] = [
  ['with PIPELINING', ['PIPELINING', '8BITMIME']],
  ['without', []],
]

const content = 'Subject: hello\r\n\r\nhello\r\n'
const message: WireMessage = {
  envelope: { from: 'b-1@bounce.example.org', to: 'ada@example.net' },
  chunks: [Buffer.from(content)],
  size: Buffer.byteLength(content),
  needsSmtpUtf8: false,
  envelopeId: null,
}

const open: { server: ScriptedServer; mailer: Mailer }[] = []
afterEach(async () => {
  for (const { server, mailer } of open.splice(0)) {
    await mailer.close()
    await server.close()
  }
})

const STAGE_OF: Partial<Record<Stage, SmtpStage>> = {
  MAIL: 'mail-from',
  RCPT: 'recipient',
  DATA: 'data',
  dot: 'data',
}
/** One refusal for each line of the table of enhanced codes, and each class at each stage where it can be said. */
const conversations: [at: Stage, said: string, kind: Outcome['kind'], is: ReplyClass][] = [
  ['MAIL', '550 5.1.8 bad sender domain', 'unavailable', 'ours'],
  ['MAIL', '550 5.1.1 user unknown', 'unavailable', 'ours'],
  ['MAIL', '451 4.7.1 greylisted', 'unavailable', 'ours'],
  ['MAIL', '421 4.7.0 too many connections', 'unavailable', 'ours'],
  ['MAIL', '530 5.7.0 Must issue a STARTTLS command first', 'unavailable', 'ours'],

  ['RCPT', '550 5.1.1 no such user', 'rejected', 'hard'],
  ['RCPT', '550-5.1.1 The account that you tried to reach\r\n550 5.1.1 does not exist', 'rejected', 'hard'],
  ['RCPT', '501 5.1.3 bad address', 'rejected', 'hard'],
  ['RCPT', '550 5.1.6 mailbox has moved', 'rejected', 'hard'],
  ['RCPT', '550 5.1.10 null MX', 'rejected', 'hard'],
  ['RCPT', '556 5.1.10 takes no mail', 'rejected', 'hard'],
  ['RCPT', '521 takes no mail', 'rejected', 'hard'],
  ['RCPT', '550 5.2.1 mailbox disabled', 'rejected', 'hard'],
  ['RCPT', '550 5.7.1 user unknown', 'rejected', 'hard'],
  ['RCPT', '550 5.7.17 owner changed', 'rejected', 'hard'],
  ['RCPT', '550 5.7.18 domain owner changed', 'rejected', 'hard'],
  ['RCPT', '550 sorry, no mailbox here by that name (#5.1.1)', 'rejected', 'hard'],
  ['RCPT', '550 Empfänger unbekannt', 'rejected', 'hard'],
  ['RCPT', '550 5.1.2 host unknown', 'rejected', 'hard-if-repeated'],
  ['RCPT', '550 5.4.4 host unknown', 'rejected', 'hard-if-repeated'],
  ['RCPT', '550 5.4.1 Recipient address rejected: Access denied.', 'rejected', 'hard-if-repeated'],
  ['RCPT', '550 Requested action not taken: mailbox unavailable', 'rejected', 'hard-if-repeated'],
  ['RCPT', '550 5.1.0 other', 'rejected', 'soft'],
  ['RCPT', '550 5.2.1 receiving mail too quickly', 'rejected', 'soft'],
  ['RCPT', '550 5.4.1 no answer', 'rejected', 'soft'],
  ['RCPT', '550 5.4.6 loop', 'rejected', 'soft'],
  ['RCPT', '550 5.3.2 not accepting', 'rejected', 'soft'],
  ['RCPT', '450 4.2.0 busy', 'deferred', 'soft'],
  ['RCPT', '451 4.3.0 system', 'deferred', 'soft'],
  ['RCPT', '451 4.4.1 network', 'deferred', 'soft'],
  ['RCPT', '450 5.1.1 user unknown', 'deferred', 'soft'],
  ['RCPT', '452 4.2.2 full', 'deferred', 'full'],
  ['RCPT', '552 5.2.2 full', 'rejected', 'full'],
  ['RCPT', '450 4.7.1 try later', 'deferred', 'greylisted'],
  ['RCPT', '451 Greylisted, try again in 300 seconds', 'deferred', 'greylisted'],
  ['RCPT', '450 4.7.28 unusual rate', 'deferred', 'throttled'],
  ['RCPT', '421 4.7.0 [TSS04] temporarily deferred', 'deferred', 'throttled'],
  ['RCPT', '550 5.7.1 blocked', 'rejected', 'policy'],
  ['RCPT', '550 5.1.1 spam source', 'rejected', 'policy'],
  ['RCPT', '554 IP=192.0.2.1 - A problem occurred. (NOWL)', 'rejected', 'policy'],
  ['RCPT', '550 5.7.1 <ada@example.net>: Relay access denied', 'unavailable', 'ours'],
  ['RCPT', '454 4.7.1 Relay access denied', 'unavailable', 'ours'],
  ['RCPT', '530 5.7.1 Authentication required', 'unavailable', 'ours'],
  ['RCPT', '530 Must issue a STARTTLS command first', 'unavailable', 'ours'],
  ['RCPT', '550 5.1.8 Sender address rejected: Domain not found', 'unavailable', 'ours'],
  ['RCPT', '550 5.7.25 no PTR', 'unavailable', 'ours'],
  ['RCPT', '550 5.6.7 not without SMTPUTF8', 'rejected', 'unsupported'],
  ['RCPT', '552 5.3.4 too big', 'rejected', 'content'],

  ['DATA', '451 4.3.0 later', 'deferred', 'soft'],
  ['DATA', '450 4.7.1 greylisted', 'deferred', 'greylisted'],
  ['DATA', '554 5.7.1 no', 'rejected', 'policy'],
  ['DATA', '550 5.7.26 unauthenticated', 'unavailable', 'ours'],

  ['dot', '550 5.1.1 no such user', 'rejected', 'hard'],
  ['dot', "554 delivery error: dd This user doesn't have a yahoo.com account", 'rejected', 'hard'],
  ['dot', '452 4.2.2 full', 'deferred', 'full'],
  ['dot', '552 5.2.2 full', 'rejected', 'full'],
  ['dot', '552 5.3.4 too big', 'rejected', 'content'],
  ['dot', '554 5.6.0 malformed', 'rejected', 'content'],
  ['dot', '550 5.6.7 not without SMTPUTF8', 'rejected', 'unsupported'],
  ['dot', '550 5.7.1 likely unsolicited mail', 'rejected', 'policy'],
  ['dot', '554 no', 'rejected', 'policy'],
  ['dot', '451 4.7.1 greylisted', 'deferred', 'greylisted'],
  ['dot', '421 4.7.28 unusual rate', 'deferred', 'throttled'],
  ['dot', '421 RP-001 exceeded the rate limit', 'deferred', 'throttled'],
  ['dot', '451 4.3.0 later', 'deferred', 'soft'],
  ['dot', '550 5.7.515 Access denied', 'unavailable', 'ours'],
  ['dot', '550-5.7.27 SPF did not pass\r\n550 5.7.27 x1-y2 - gsmtp', 'unavailable', 'ours'],
  ['dot', '421-4.7.32 From not aligned\r\n421 5.7.32 x1-y2 - gsmtp', 'unavailable', 'ours'],
]

describe.each(mailers)('%s', (_name, create) => {
  describe.each(extensions)('%s', (_offered, offered) => {
    it.each(conversations)('at %s, %j is %s: %s', async (at, said, kind, is) => {
      const server = await startScriptedSmtp(({ stage }) => (stage === at ? said : null), offered)
      const mailer = create(`smtp://127.0.0.1:${server.port}`)
      open.push({ server, mailer })
      const outcome = await mailer.deliver(message)
      const code = Number(said.slice(0, 3))
      expect(outcome).toMatchObject({ kind, reply: { class: is, code, stage: STAGE_OF[at] } })
      expect(outcome.reply.enhancedCode).toBe(/[45]\.\d\.\d+/.exec(said)?.[0] ?? null)
    })
  })
})
