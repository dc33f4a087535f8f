import { parseCaptureRules } from '../../src/capture-rules.js'
import { capturingMailer } from '../../src/smtp/capturing-mailer.js'
import type { Mail, Mailer } from '../../src/smtp/mailer.js'

const mailTo = (to: string): Mail => ({
  from: { name: 'Us', address: 'news@example.org' },
  to: { name: '', address: to },
  subject: 'Please confirm',
  html: '<p>hello</p>',
  text: 'hello',
  messageId: '<1@example.org>',
  date: new Date('2026-03-02T09:00:00Z'),
  headers: {},
  envelope: { from: 'news@example.org', to },
})

it('records a captured mail whole, and sends every other', async () => {
  const sent: string[] = []
  const recorded: string[] = []
  const inner = {
    send: async (mail: Mail) => {
      sent.push(mail.envelope.to)
      return {
        kind: 'accepted' as const,
        reply: { stage: 'data' as const, code: 250, enhancedCode: null, text: 'ok' },
      }
    },
  } as unknown as Mailer
  const rules = parseCaptureRules('!@ours.example')
  if (!rules) throw new Error('These are rules.')
  const mailer = capturingMailer(inner, {
    rules,
    record: async (mail, message) => void recorded.push(mail.envelope.to, message.toString()),
  })
  expect(await mailer.send(mailTo('a@elsewhere.example'))).toMatchObject({
    kind: 'accepted',
    reply: { stage: 'compose' },
  })
  expect(await mailer.send(mailTo('b@ours.example'))).toMatchObject({
    kind: 'accepted',
    reply: { code: 250 },
  })
  expect(sent).toEqual(['b@ours.example'])
  expect(recorded[0]).toBe('a@elsewhere.example')
  expect(recorded[1]).toContain('Subject: Please confirm')
})
