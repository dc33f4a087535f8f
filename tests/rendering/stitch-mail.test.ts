import { BLOCK_KINDS } from '../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { fillTemplate } from '../../src/rendering/mail-templates.js'
import { mjmlToHtml } from '../../src/rendering/mjml-to-html.js'
import { palette } from '../../src/rendering/palette.js'
import { stitchMail } from '../../src/rendering/stitch-mail.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent, sampleValues } from '../helpers/sample-content.js'

const look = {
  ...palette({ primary: '#0f4c5c', accent: '#b45309' }),
  start: 'left',
  end: 'right',
  direction: 'ltr',
  language: 'en',
}
const shellOf = (subject: string) => (blocks: string) =>
  fillTemplate('newsletters/project.mjml', { ...look, subject, preheader: subject, blocks })
const SECTIONS = [
  '<mj-section padding="4px"><mj-column width="50%"><mj-text css-class="rich">One <a href="https://example.org">link</a></mj-text></mj-column><mj-column width="50%"><mj-image src="https://example.org/a.png" alt="A" fluid-on-mobile="true" /></mj-column></mj-section>',
  '<mj-section><mj-column><mj-text>m0123456789abcdef0123q7z and m0123456789abcdef0123q12z</mj-text></mj-column></mj-section>',
  '<mj-wrapper><mj-section><mj-column width="33%"><mj-button href="https://example.org">Go</mj-button></mj-column></mj-section></mj-wrapper>',
]

/** The body without the tables that only Outlook sees, which meet at other places, and without line breaks between tags. */
const bodyOf = (html: string) =>
  html
    .slice(html.indexOf('<body'))
    .replace(/<!--\[if mso[^]*?<!\[endif\]-->/g, '')
    .replace(/>\s+/g, '>')
    .replace(/\s+</g, '<')
const rulesOf = (html: string) =>
  [...html.slice(0, html.indexOf('</head>')).matchAll(/<style[^>]*>([^]*?)<\/style>/g)]
    .flatMap(([, rules = '']) => rules.split('\n').filter(Boolean))
    .sort()
const outlookTables = (html: string) => ({
  opened: html.match(/<!--\[if mso \| IE\]>(?:[^<]|<(?!!))*?<table/g)?.length ?? 0,
  ended: html.match(/<\/table><!\[endif\]-->/g)?.length ?? 0,
})

it('gives what compiling it whole gives', async () => {
  const shell = shellOf('Spring')
  const stitched = await stitchMail({ shell, plainShell: shellOf(''), sections: SECTIONS })
  const whole = await mjmlToHtml(shell(SECTIONS.join('\n')))
  expect(stitched.errors).toEqual([])
  expect(bodyOf(stitched.html)).toBe(bodyOf(whole.html))
  expect([...new Set(rulesOf(stitched.html))]).toEqual([...new Set(rulesOf(whole.html))])
  const { opened, ended } = outlookTables(stitched.html)
  expect(opened).toBe(ended)
  expect(stitched.html).not.toContain('cuthere')
})

it('says in which section something does not compile, and keeps the others', async () => {
  const sections = [SECTIONS[0] ?? '', '<mj-section><mj-column><mj-nonsense /></mj-column></mj-section>', '']
  const { html, errors } = await stitchMail({ shell: shellOf('x'), plainShell: shellOf(''), sections })
  expect(errors).toEqual([expect.objectContaining({ section: 1 })])
  expect(html).toContain('One <a href="https://example.org"')
})

it('gives an edition the same fields whether its parts are compiled or remembered', async () => {
  const newsIds = Object.keys(sampleContent().newsItems)
  const blocks = BLOCK_KINDS.filter((kind) => kind !== 'footer' && kind !== 'masthead').map((kind, at) =>
    filledBlock(kind, `00000000-0000-7000-8000-0000000002${String(at).padStart(2, '0')}`, {
      text: 'Dear {{ contact.CITY }}',
      newsIds,
    }),
  )
  const first = await compileEdition(sampleContent(blocks))
  // The first in another order: every remembered part now stands at another place, with other numbers in its marks.
  await compileEdition(sampleContent([...blocks].reverse()))
  const again = await compileEdition(sampleContent(blocks))
  expect(again).toEqual(first)
  const { html } = renderEdition(again, sampleValues({ CITY: 'Turku', FIRSTNAME: 'Ada' }))
  expect(html.match(/Dear Turku/g)?.length).toBeGreaterThan(blocks.length)
})
