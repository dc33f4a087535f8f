import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import PostalMime, { type Email } from 'postal-mime'
import {
  type CompiledEdition,
  compileEdition,
  renderEdition,
} from '../../../src/rendering/compile-edition.js'
import type { MergeValues, Place, Template } from '../../../src/rendering/merge/template.js'
import { compileWire, type MessageHeader, renderMessage } from '../../../src/rendering/wire/wire-edition.js'
import { canonicalBody } from '../../helpers/canonical-body.js'
import { sampleContent, sampleValues } from '../../helpers/sample-content.js'

const header: MessageHeader = {
  from: { name: 'Town News', address: 'news@example.org' },
  to: { name: 'Ada Lovelace', address: 'ada@example.org' },
  replyTo: { name: 'Jürgen', address: 'reply@example.org' },
  messageId: '<1@example.org>',
  date: new Date('2026-03-02T09:00:00Z'),
  fields: { 'List-Unsubscribe': `<https://news.example.org/u/${'t'.repeat(120)}>`, Precedence: 'bulk' },
}

const wire = (edition: CompiledEdition, values: MergeValues, about = header) => {
  const { fields, body } = renderMessage(compileWire(edition), values, about)
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), ...body])
}

/** The same mail, composed whole by nodemailer. */
async function composed(edition: CompiledEdition, values: MergeValues, about = header): Promise<Email> {
  const { subject, html, text } = renderEdition(edition, values)
  const { fields, replyTo, ...rest } = about
  const composer = new MailComposer({
    ...rest,
    ...(replyTo ? { replyTo } : {}),
    headers: { ...fields },
    // In 7bit nodemailer adds a line break of its own at the end.
    textEncoding: 'quoted-printable',
    subject,
    html,
    text,
  })
  return PostalMime.parse(await composer.compile().build())
}

// The parser keeps CRLF in base64 only, and counts the line break before a boundary as the part's, unless a soft one comes before it.
const withoutLastBreaks = (text = '') => text.replace(/\r\n/g, '\n').replace(/\n+$/, '')

const told = ({ subject, from, to, replyTo, messageId, date, html, text, headers }: Email) => ({
  subject,
  from,
  to,
  replyTo,
  messageId,
  date,
  html: withoutLastBreaks(html),
  text: withoutLastBreaks(text),
  unsubscribe: headers.find(({ key }) => key === 'list-unsubscribe')?.value,
})

function expectSound(message: Buffer): void {
  const text = message.toString('latin1')
  expect(text).not.toMatch(/[^\r]\n|\r[^\n]/)
  const [head = '', body = ''] = [
    text.slice(0, text.indexOf('\r\n\r\n')),
    text.slice(text.indexOf('\r\n\r\n') + 4),
  ]
  for (const line of head.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
  for (const line of body.split('\r\n')) {
    expect(line).not.toMatch(/^\./)
    if (!line.startsWith('Content-')) expect(line.length).toBeLessThanOrEqual(76)
  }
  expect(canonicalBody(Buffer.from(body, 'latin1')).toString('latin1')).toBe(body)
}

it('gives for the sample issue what nodemailer gives', async () => {
  const edition = await compileEdition(sampleContent())
  const values = sampleValues({ FIRSTNAME: 'Zoë', CITY: 'Besançon & more' })
  const message = wire(edition, values)
  expectSound(message)
  expect(told(await PostalMime.parse(message))).toEqual(told(await composed(edition, values)))
})

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('.', ' ', '\n', '=', 'a', 'F', 'é', '\t', '-', '€'), maxLength: 300 }),
  fc.constantFrom(
    '\n.\n',
    'From here',
    '\nFrom there',
    ' \n',
    '=\n',
    '.',
    '',
    '\n--=_',
    'γράμμα '.repeat(40),
  ),
)
const PLACES: Place[] = ['text', 'html', 'url', 'link', 'address']
const field = fc.record({
  field: fc.constantFrom('contact.A', 'contact.B', 'contact.MISSING', 'issue.TITLE', 'links.WEBVIEW'),
  fallback: fc.constantFrom('', 'reader', 'ü'),
  place: fc.constantFrom(...PLACES),
})
const { template } = fc.letrec<{ template: Template }>((tie) => ({
  template: fc.array(
    fc.oneof(
      { maxDepth: 2 },
      piece,
      field,
      fc.record({
        if: fc.constantFrom('contact.A', 'contact.MISSING'),
        then: tie('template'),
        else: tie('template'),
      }),
    ),
    { maxLength: 6 },
  ) as fc.Arbitrary<Template>,
}))
const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('.', ' ', '=', 'ß', '\n', 'x'), maxLength: 100 }),
)
const edition = fc.record({ subject: template, html: template, text: template }).map(
  ({ subject, html, text }): CompiledEdition => ({
    language: 'en',
    // A value lands in a subject as plain text only, and compiled subjects are single lines.
    subject: asSubject(subject),
    preheader: [],
    html: ['<p>', ...html, '</p>'],
    text: ['T', ...text, '\n'],
    htmlBytes: 0,
    problems: [],
  }),
)
function asSubject(nodes: Template): Template {
  return nodes.map((node) => {
    if (typeof node === 'string') return node.replace(/[\p{Cc}\p{Cf}]+/gu, '')
    if ('field' in node) return { ...node, place: 'text' as const }
    return { if: node.if, then: asSubject(node.then), else: asSubject(node.else) }
  })
}

it('gives what nodemailer gives for any edition and any reader', async () => {
  await fc.assert(
    fc.asyncProperty(
      edition,
      value,
      value,
      fc.constantFrom('', 'ελληνικά '.repeat(200)),
      async (made, a, b, greek) => {
        const full = { ...made, html: [greek, ...made.html], text: [...made.text.slice(0, -1), greek, '\n'] }
        const values = { ...sampleValues({ A: a, B: b }), issue: { TITLE: 'Spring' } }
        const message = wire(full, values)
        expectSound(message)
        const [ours, theirs] = [told(await PostalMime.parse(message)), told(await composed(full, values))]
        expect({ ...ours, subject: 0 }).toEqual({ ...theirs, subject: 0 })
        // The parser runs blanks together where it reads them.
        expect((ours.subject ?? '').replace(/\s+/g, ' ')).toBe(
          renderEdition(full, values)
            .subject.replace(/[\p{Cc}\s]+/gu, ' ')
            .trim(),
        )
      },
    ),
    { numRuns: 300 },
  )
})

it('writes names of any kind into one header field each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 120 }), async (name) => {
      const shown = name
        .replace(/[\p{Cc}\p{Cf}<>",;:@\\]+/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim()
      const about = { ...header, to: { name: shown, address: 'ada@example.org' } }
      const made = await compileEdition(sampleContent([]))
      const mail = await PostalMime.parse(wire(made, sampleValues(), about))
      expect(mail.to).toEqual([{ name: shown, address: 'ada@example.org' }])
    }),
    { numRuns: 60 },
  )
})

it('chooses base64 for Greek and quoted-printable for English', () => {
  const of = (text: string) => ({
    language: 'el',
    subject: [],
    preheader: [],
    html: [text],
    text: ['x'],
    htmlBytes: 0,
    problems: [],
  })
  expect(compileWire(of('γράμμα '.repeat(100))).html.encoding).toBe('base64')
  expect(compileWire(of('letter '.repeat(100))).html.encoding).toBe('quoted-printable')
})
