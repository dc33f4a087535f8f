import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { mailtoLocalPart, readMailtoLocalPart } from '../../src/audience/mailto-token.js'
import { readUnsubscribeMail } from '../../src/audience/read-unsubscribe-mail.js'
import { parseKeyRing } from '../../src/secrets.js'

const key = (kid: string) => `${kid}:${randomBytes(32).toString('hex')}`
const [old, young] = [key('old'), key('young')]
const ring = parseKeyRing(young)
const ids = fc.record({ subscriberId: fc.uuid(), issueId: fc.uuid() })

it('fits a local part, survives any letter case, and is read by every key of the ring alone', () => {
  fc.assert(
    fc.property(ids, fc.infiniteStream(fc.boolean()), (one, upper) => {
      const local = mailtoLocalPart(parseKeyRing(old), one)
      expect(local).toMatch(/^u-[a-z2-7]+$/)
      expect(Buffer.byteLength(local)).toBeLessThanOrEqual(64)
      const mixed = [...local].map((c) => (upper.next().value ? c.toUpperCase() : c)).join('')
      expect(readMailtoLocalPart(parseKeyRing(`${young},${old}`), mixed)).toEqual(one)
      expect(readMailtoLocalPart(ring, mixed)).toBeNull()
    }),
  )
})

it('refuses what is cut, changed or not one', () => {
  const local = mailtoLocalPart(ring, {
    subscriberId: '0195f0a0-0000-7000-8000-000000000001',
    issueId: '0195f0a0-0000-7000-8000-000000000002',
  })
  for (let length = 0; length < local.length; length++)
    expect(readMailtoLocalPart(ring, local.slice(0, length))).toBeNull()
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: local.length - 1 }),
      fc.constantFrom(...'abcxyz234567'),
      (at, c) => {
        const changed = local.slice(0, at) + c + local.slice(at + 1)
        if (changed !== local) expect(readMailtoLocalPart(ring, changed)).toBeNull()
      },
    ),
  )
  expect(readMailtoLocalPart(ring, 'news')).toBeNull()
})

const mail = (...fields: string[]) =>
  Buffer.from(
    `${['From: Ada <ada@example.org>', 'To: <U-ABC@leave.example.org>', ...fields].join('\r\n')}\r\n\r\nPlease.\r\n`,
  )

it('reads whom a mail was written to, and nothing from programs', async () => {
  expect(await readUnsubscribeMail(mail('Subject: unsubscribe'))).toEqual(['U-ABC'])
  expect(await readUnsubscribeMail(mail('X-Original-To: u-xyz@leave.example.org'))).toEqual([
    'u-xyz',
    'U-ABC',
  ])
  for (const automatic of [
    'Auto-Submitted: auto-replied',
    'Return-Path: <>',
    'Precedence: bulk',
    'X-Autoreply: yes',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
  ])
    expect([automatic, await readUnsubscribeMail(mail(automatic))]).toEqual([automatic, null])
  expect(await readUnsubscribeMail(mail('Auto-Submitted: no'))).toEqual(['U-ABC'])
})
