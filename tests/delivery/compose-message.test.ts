import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import PostalMime from 'postal-mime'
import { composeMail, type SendingIssue } from '../../src/delivery/compose-mail.js'
import { compileEdition } from '../../src/rendering/compile-edition.js'
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
let issue: SendingIssue
beforeAll(async () => {
  world = await createWorld()
  const content = sampleContent()
  issue = {
    id: '00000000-0000-7000-8000-0000000000aa',
    title: 'May',
    from: { name: 'Town, "News" <x@y.example>', address: 'news@example.org' },
    replyTo: null,
    lists: new Map([[LIST, { slug: 'town', name: 'Town\r\nX: y' }]]),
    date: '2 March 2026',
    edition: await compileEdition({ ...content, subject: 'For <<contact.FIRSTNAME>>' }),
  }
})
afterAll(() => world.close())

const mailFor = (name: string) =>
  composeMail(world, issue, {
    id: '00000000-0000-7000-8000-0000000000bb',
    subscriberId: '00000000-0000-7000-8000-0000000000cc',
    listId: LIST,
    email: 'ada@example.org',
    fields: { FIRSTNAME: name, LASTNAME: name, CITY: name },
    attempts: 1,
    firstAttemptAt: new Date(),
  })

async function received(name: string) {
  const { envelope: _, headers, ...mail } = mailFor(name)
  const composed = new MailComposer({
    ...mail,
    headers: { ...headers },
    subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
  })
  return PostalMime.parse(await composed.compile().build())
}

it.each(HOSTILE)('is one mail to one person, whatever the name: %j', async (name) => {
  const mail = await received(name)
  expect(mail.to?.map(({ address }) => address)).toEqual(['ada@example.org'])
  expect([mail.from?.address, mail.cc, mail.bcc]).toEqual(['news@example.org', undefined, undefined])
  expect(mail.headers.some(({ key }) => key === 'x' || key === 'bcc')).toBe(false)
  expect(mail.html).not.toContain('<img src=x')
  expect(mail.html).not.toMatch(/Dear 49/)
})

it('is so for any name at all, and starts no header of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
      const mail = mailFor(name)
      for (const text of [mail.from.name, mail.to.name, ...Object.values(mail.headers)])
        expect(text).not.toMatch(/[\r\n\0]/)
      expect(mail.to.name).not.toMatch(/[<>",;:@\\]/)
      expect(mail.envelope).toEqual({ from: 'news@example.org', to: 'ada@example.org' })
    }),
  )
})
