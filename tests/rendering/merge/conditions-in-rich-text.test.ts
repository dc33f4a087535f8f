import { type Block, blockSchemas } from '../../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../../src/rendering/compile-edition.js'
import { sampleContent, sampleValues } from '../../helpers/sample-content.js'

const ID = '00000000-0000-7000-8000-0000000000aa'
const textBlock = (html: string) =>
  ({ id: ID, kind: 'text', content: blockSchemas.text.parse({ html }) }) as Block
const compiled = (html: string) => compileEdition(sampleContent([textBlock(html)]))

it.each([
  ['<p>Hi</p>\n<p>a <<#if contact.CITY>>b</p><p>c<</if>> d</p>', 2, 6, 'paragraph'],
  ['<div>a <<#if contact.CITY>>b</div><div>c<</if>></div>', 1, 8, 'paragraph'],
  ['<<#if contact.CITY>>b\n\nc<</if>> d', 1, 1, 'paragraph'],
  ['<ul><li>a<<#if contact.CITY>></li><li>b<</if>></li></ul>', 1, 10, 'paragraph'],
  ['<p>a<<#if contact.CITY>>b<<else>>c</p><p>d<</if>></p>', 1, 5, 'paragraph'],
  ['<p>a <b><<#if contact.CITY>>b</b>c<</if>></p>', 1, 9, 'bold'],
  ['<p><a href="https://x.example/<<#if contact.CITY>>">b</a><</if>></p>', 1, 31, 'bold'],
  ['<script><<#if contact.CITY>></script><p>b<</if>></p>', 1, 9, 'paragraph'],
])('reports the condition of %j at its place', async (html, line, column, word) => {
  const edition = await compiled(html)
  expect(edition.problems).toEqual([
    { severity: 'error', blockId: ID, field: 'html', line, column, message: expect.stringContaining(word) },
  ])
  expect(() => renderEdition(edition, sampleValues())).not.toThrow()
})

it.each([
  '<p>a <<#if contact.CITY>><b>b</b><<else>>c<</if>> d</p>',
  '<p>a</p><<#if contact.CITY>><p>b</p><p>bb</p><<else>><p>c</p><</if>><p>d</p>',
  '<p>a</p><p>{{#if contact.CITY}}</p><p>b</p><p>bb</p><p>{{else}}</p><p>c</p><p>{{/if}}</p><p>d</p>',
  '<ul><<#if contact.CITY>><li>a b</li><<else>><li>c</li><</if>><li>d</li></ul>',
])('accepts %j and shows one branch of it, without a gap', async (html) => {
  const edition = await compiled(html)
  expect(edition.problems).toEqual([])
  const there = renderEdition(edition, sampleValues({ CITY: 'Turku' }))
  const not = renderEdition(edition, sampleValues({}))
  expect(there.html).not.toMatch(/<p[^>]*>\s*<\/p>/)
  expect(not.html).not.toMatch(/<p[^>]*>\s*<\/p>/)
  for (const { text } of [there, not]) expect(text).not.toContain('\n\n\n')
  expect(there.text).toMatch(/\bb\b[^c]*\bd\b/)
  expect(not.text).toMatch(/\bc\s+(- )?d\b/)
})

it('encodes a value within an address, in HTML and in the text part, and nowhere else', async () => {
  const edition = await compileEdition(
    sampleContent([
      textBlock(
        '<p>For <<contact.CITY>>: <a href="https://x.example/?m=<<contact.EMAIL>>&amp;c={{contact.CITY}}">here</a></p>',
      ),
      {
        id: ID,
        kind: 'button',
        content: { label: 'Go to {{contact.CITY}}', url: 'https://x.example/<<contact.CITY>>' },
      },
    ]),
  )
  const { html, text } = renderEdition(edition, sampleValues({ CITY: 'Åbo & "Turku"' }))
  const city = '%C3%85bo%20%26%20%22Turku%22'
  expect(html).toContain(`https://x.example/?m=ada%40example.org&amp;c=${city}`)
  expect(html).toContain(`href="https://x.example/${city}"`)
  expect(html).toContain('For Åbo &amp; &quot;Turku&quot;:')
  expect(text).toContain(`For Åbo & "Turku": here (https://x.example/?m=ada%40example.org&c=${city})`)
  expect(text).toContain(`Go to Åbo & "Turku"\nhttps://x.example/${city}`)
})

it('lets a condition choose a whole address, and only a web or mail address', async () => {
  const url = '<<#if contact.WEBSITE>><<contact.WEBSITE>><<else>>https://x.example/none<</if>>'
  const edition = await compileEdition(
    sampleContent([{ id: ID, kind: 'button', content: { label: 'Go', url } }]),
  )
  expect(renderEdition(edition, sampleValues({ WEBSITE: 'https://me.example/a?b=c' })).html).toContain(
    'href="https://me.example/a?b=c"',
  )
  expect(renderEdition(edition, sampleValues({})).html).toContain('href="https://x.example/none"')
  expect(renderEdition(edition, sampleValues({ WEBSITE: 'javascript:alert(1)' })).html).not.toContain(
    'javascript:',
  )
})
