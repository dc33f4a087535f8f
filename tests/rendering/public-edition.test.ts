import fc from 'fast-check'
import { compileEdition } from '../../src/rendering/compile-edition.js'
import { renderPublicEdition } from '../../src/rendering/public-edition.js'
import { sampleContent } from '../helpers/sample-content.js'

const ABOUT = { TITLE: 'Spring issue', SUBJECT: 'Spring issue', DATE: '2 March 2026', LANGUAGE: 'en' }
const MARKS = /[\ue0c0-\ue0cf]|personal\.invalid/

async function publicOf(html: string, change: object = {}) {
  const id = '00000000-0000-7000-8000-000000000001'
  const content = sampleContent([{ id, kind: 'text', content: { html } }])
  return renderPublicEdition(await compileEdition({ ...content, ...change }), ABOUT)
}

it('gives defaults, and closes up where there is none', async () => {
  const { subject, html, text } = await publicOf(
    '<p>Dear <<contact.FIRSTNAME>>, hello <<contact.LASTNAME | default: "reader">> of <<contact.CITY>>!</p>',
    { fields: ['FIRSTNAME', 'LASTNAME', 'CITY'] },
  )
  expect(subject).toBe('Hello reader: the plans are ready')
  expect(html).toContain('>Dear, hello reader of!</p>')
  expect(html).toContain('<title>Hello reader: the plans are ready</title>')
  expect(text).toContain('Dear, hello reader of!')
})

it('does not hold conditions on a reader', async () => {
  const { html } = await publicOf(
    '<p><<#if contact.CITY>>You in <<contact.CITY>><<else>>Everywhere<</if>></p>',
  )
  expect(html).toContain('>Everywhere</p>')
  expect(html).not.toContain('You in')
})

it('leaves out the footer’s personal links and the line about the reader’s address, and keeps the rest of it', async () => {
  const { html, text } = await publicOf('<p>Hello.</p>')
  for (const out of [html, text]) {
    expect(out).not.toMatch(/Unsubscribe|Change what you get|View in your browser|was sent to/)
    expect(out).toContain('Co-funded by the European Union')
    expect(out).not.toMatch(MARKS)
  }
})

it('keeps the words of a personal link that stands in a sentence', async () => {
  const { html, text } = await publicOf(
    '<p>To stop, <a href="<<links.UNSUBSCRIBE>>">unsubscribe</a> at once.</p>',
  )
  expect(html).toContain('>To stop, unsubscribe at once.</p>')
  expect(text).not.toMatch(/https?:\/\/\S*invalid/)
})

it('says the subject in the mail as its heading does', async () => {
  const { html } = await publicOf('<p>“<<issue.SUBJECT>>” of <<issue.DATE>></p>', {
    subject: 'News for <<contact.FIRSTNAME>>, and more',
  })
  expect(html).toContain('“News for, and more” of 2 March 2026')
})

const word = fc.constantFrom('contact.FIRSTNAME', 'contact.EMAIL', 'contact.CITY', 'contact.WEBSITE')
const link = fc.constantFrom('links.UNSUBSCRIBE', 'links.PREFERENCES', 'links.WEBVIEW')
const plain = fc.stringMatching(/^[a-z ,.!?<>&;"'=/·|-]{0,30}$/)
const piece = fc.oneof(
  plain.map((text) => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`)),
  word.map((name) => `<<${name}>>`),
  fc.tuple(word, plain).map(([name, text]) => `<<${name} | default: "${text.replace(/["'<>&\\]/g, '')}">>`),
  fc.tuple(link, plain).map(([name, text]) => `<a href="<<${name}>>">${text.replace(/[<>&"]/g, '')}x</a>`),
  link.map((name) => `<<${name}>>`),
  word.map((name) => `<a href="https://example.org/?who=<<${name}>>">here</a>`),
  word.map((name) => `<a href="<<${name}>>">there</a>`),
  word.map((name) => `<<#if ${name}>>SECRETWORD <<${name}>><<else>>else<</if>>`),
)

it('never shows a mark, a condition that was for readers, or a broken element, whatever the merge fields', async () => {
  const paragraphs = fc.array(fc.array(piece, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(paragraphs, async (written) => {
      const source = written.map((pieces) => `<p>${pieces.join(' ')}</p>`).join('')
      const { subject, preheader, html, text } = await publicOf(source, {
        subject: (written[0] ?? []).filter((one) => !one.startsWith('<a')).join(' '),
      })
      const everything = [subject, preheader, html, text].join('\n')
      expect(everything).not.toMatch(MARKS)
      expect(everything).not.toContain('SECRETWORD')
      for (const name of ['p', 'div', 'td', 'table', 'a', 'span'])
        expect([name, count(html, `<${name}[\\s>]`)]).toEqual([name, count(html, `</${name}>`)])
    }),
    { numRuns: 60 },
  )
})

function count(html: string, pattern: string): number {
  return html.replace(/<!--[^]*?-->/g, '').match(new RegExp(pattern, 'g'))?.length ?? 0
}
