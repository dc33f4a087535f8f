import { BLOCK_KINDS, type Block, blockSchemas } from '../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent, sampleFooter, sampleValues } from '../helpers/sample-content.js'

const ID = '00000000-0000-7000-8000-0000000000aa'
const block = (kind: Block['kind'], content: object) =>
  ({ id: ID, kind, content: blockSchemas[kind].parse(content) }) as Block
const compiled = async (blocks: Block[], contact?: Record<string, string>) => {
  const edition = await compileEdition(sampleContent(blocks))
  return { edition, mail: renderEdition(edition, sampleValues(contact)) }
}

it('compiles the sample issue without a complaint and below the size where mail clients cut', async () => {
  const edition = await compileEdition(sampleContent())
  expect(edition.problems).toEqual([])
  const { subject, html, text } = renderEdition(edition, sampleValues())
  expect(subject).toBe('Hello Ada: the plans are ready')
  expect(Buffer.byteLength(html)).toBeLessThan(60_000)
  expect(html).toMatch(/<html[^>]+lang="en"/)
  expect(html).toContain('This email was sent to ada@example.org')
  expect(text).toContain('This email was sent to ada@example.org')
  expect(text).toContain('There is news from near Turku, too.')
  for (const part of [html, text]) expect(part).toContain('https://news.example.org/u/token')
  expect(html.match(/<h1/g)).toHaveLength(1)
})

it('says the same words in the same order in HTML and text', async () => {
  const { html, text } = renderEdition(await compileEdition(sampleContent()), sampleValues())
  const words = [
    'Five regions, one table',
    '2026',
    'The first stage is complete',
    'Five regional plans',
    'What happens next',
    'Latest news',
    'Galway lends',
    'Chania’s leather',
    'Room to work',
    'This email was sent to',
    'You get this mail',
    'Unsubscribe',
    'Co-funded by',
  ]
  for (const part of [html.slice(html.indexOf('<h1')), text]) {
    const places = words.map((word) => part.indexOf(word))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  }
  expect(text).toContain('Galway lends its theatre workshop to young carpenters >>>\nhttps://')
})

describe.each([
  '{{7*7}}',
  '<b>bold</b>',
  '"><img src=x onerror=alert(1)>',
  'x\r\nBcc: evil@example.org',
  '</mj-text></mj-column>',
  "' onmouseover='x",
  '\u202eabc',
  '𝒳 👩‍🚀',
])('a field with the value %j', (value) => {
  it('stays text everywhere', async () => {
    const { mail } = await compiled(
      [
        block('heading', { text: 'Hi {{contact.CITY}}' }),
        block('text', {
          html: '<p>&lt;&lt;contact.CITY&gt;&gt; <a href="https://x.example/?q=<<contact.CITY>>">a</a></p>',
        }),
        block('button', { label: '<<contact.CITY>>', url: '<<contact.CITY>>' }),
      ],
      { CITY: value, FIRSTNAME: value },
    )
    const neutral = (
      await compiled(
        [
          block('heading', { text: 'Hi {{contact.CITY}}' }),
          block('text', {
            html: '<p>&lt;&lt;contact.CITY&gt;&gt; <a href="https://x.example/?q=<<contact.CITY>>">a</a></p>',
          }),
          block('button', { label: '<<contact.CITY>>', url: '<<contact.CITY>>' }),
        ],
        { CITY: 'safe', FIRSTNAME: 'safe' },
      )
    ).mail
    const tags = (html: string) => html.match(/<\/?[a-z0-9]+/gi)?.join('')
    expect(tags(mail.html)).toBe(tags(neutral.html))
    expect(mail.html).toContain(`q=${encodeURIComponent(value).replaceAll("'", '&#39;')}`)
    expect(mail.subject).not.toMatch(/[\r\n]/)
    expect(mail.text).not.toMatch(/^Bcc:/m)
  })
})

it.each(BLOCK_KINDS.filter((kind) => kind !== 'footer'))(
  'compiles a %s block that is empty, hostile, long or right-to-left',
  async (kind) => {
    const texts = [
      '',
      '<script>alert(1)</script></mj-text>"',
      'long '.repeat(2000),
      'שלום עולם',
      '👩‍🚀 &amp; &lt;b&gt;',
    ]
    const newsIds = Object.keys(sampleContent().newsItems)
    for (const text of texts) {
      const { edition, mail } = await compiled([filledBlock(kind, ID, { text, newsIds })])
      expect(edition.problems.filter((problem) => problem.blockId === null)).toEqual([])
      expect(mail.html).not.toContain('<script>alert')
      expect(mail.html).toContain('ada@example.org')
    }
  },
)

it('names block and line of custom MJML that does not compile, and keeps the rest', async () => {
  const { edition, mail } = await compiled([
    block('mjml', { mjml: '<mj-section>\n<mj-column>\n<mj-nonsense />\n</mj-column>\n</mj-section>' }),
  ])
  expect(edition.problems).toEqual([
    expect.objectContaining({ severity: 'error', blockId: ID, field: 'mjml', line: 3 }),
  ])
  expect(mail.html).toContain('Makers’ Quarter')
  const broken = await compiled([block('mjml', { mjml: '<mj-section><mj-column>' })])
  expect(broken.edition.problems[0]).toMatchObject({ severity: 'error', blockId: ID, field: 'mjml' })
})

it('reports an unknown merge field with block, field and place', async () => {
  const { edition } = await compiled([block('heading', { text: 'Hi <<contact.NICKNAME>>' })])
  expect(edition.problems).toEqual([
    expect.objectContaining({ severity: 'error', blockId: ID, field: 'text', line: 1, column: 4 }),
  ])
})

it('insists on one footer at the end that names the reader', async () => {
  const content = sampleContent([])
  const without = await compileEdition({ ...content, blocks: content.blocks.slice(0, 1) })
  expect(without.problems).toContainEqual(expect.objectContaining({ severity: 'error', field: 'blocks' }))
  const silent: Block = {
    ...sampleFooter,
    content: { ...sampleFooter.content, sentTo: 'Sent to you' },
  } as Block
  const nameless = await compileEdition({ ...content, blocks: [silent] })
  expect(nameless.problems).toContainEqual(expect.objectContaining({ severity: 'error', field: 'sentTo' }))
})

it.each([
  '<mj-section><mj-column><mj-text>\n<script>alert(1)</script></mj-text></mj-column></mj-section>',
  '<mj-section><mj-column>\n<mj-text><a href="javascript:alert(1)">x</a></mj-text></mj-column></mj-section>',
  '<mj-section><mj-column>\n<mj-text><b onclick="x()">x</b></mj-text></mj-column></mj-section>',
  '\n<<#if contact.CITY>><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section><</if>>',
])('refuses custom MJML such as %j, with its line', async (mjml) => {
  const { edition, mail } = await compiled([block('mjml', { mjml })])
  expect(edition.problems).toEqual([
    expect.objectContaining({ severity: 'error', blockId: ID, field: 'mjml', line: 2 }),
  ])
  expect(mail.html).not.toMatch(/<script|javascript:|onclick/)
})

it('cannot be made to mistake a text for a merge field', async () => {
  const { mail } = await compiled([block('text', { html: '<p>&#109;f0q0z mf0q0z &#109;f1q0z</p>' })])
  expect(mail.text).toContain('mf0q0z mf0q0z mf1q0z')
})
