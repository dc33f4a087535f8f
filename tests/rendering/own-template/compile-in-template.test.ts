import { BLOCK_KINDS } from '../../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../../src/rendering/compile-edition.js'
import { builtInDesign, type Design } from '../../../src/rendering/designs.js'
import { copyOfDesign, EMPTY_FRAME } from '../../../src/templates/starting-source.js'
import { filledBlock } from '../../helpers/filled-block.js'
import { sampleContent, sampleValues } from '../../helpers/sample-content.js'

const own = (source: string, format: 'mjml' | 'html' = 'mjml'): Design => ({
  ...builtInDesign('project'),
  id: 'x',
  name: 'Ours',
  own: { format, source },
})
const blocks = () =>
  BLOCK_KINDS.filter((kind) => !['masthead', 'footer'].includes(kind)).map((kind, at) =>
    filledBlock(kind, `b${at}`, { text: `Words of ${kind}` }),
  )
const compiled = async (design: Design, content = sampleContent()) => {
  const edition = await compileEdition({ ...content, design })
  return { ...edition, html: renderEdition(edition, sampleValues()).html }
}

it('gives with a copy of a design what the design gives', async () => {
  const content = sampleContent(blocks())
  const design = builtInDesign('invitation')
  const built = await compiled(design, content)
  const copied = await compiled(
    { ...design, own: { format: 'mjml', source: copyOfDesign('invitation') } },
    content,
  )
  const words = (html: string) => html.replace(/\s+/g, ' ')
  expect(copied.problems).toEqual(built.problems)
  expect(words(copied.html.slice(copied.html.indexOf('<body')))).toBe(
    words(built.html.slice(built.html.indexOf('<body'))),
  )
})

it.each(BLOCK_KINDS)('shows %s in a template of its own', async (kind) => {
  const source = EMPTY_FRAME.replace(
    '{{blocks}}',
    '<mj-section><mj-column><mj-text>Hello <<contact.FIRSTNAME | default: "you">> of {{subject}}</mj-text></mj-column></mj-section><mj-wrapper background-color="{{tint}}">{{blocks}}</mj-wrapper>',
  )
  const middle = ['masthead', 'footer'].includes(kind)
    ? []
    : [filledBlock(kind, 'one', { text: 'Some words' })]
  const { html, problems } = await compiled(own(source), sampleContent(middle))
  expect(problems.filter(({ field }) => field === 'design')).toEqual([])
  expect(html).toContain('Hello Ada of Hello Ada: the plans are ready')
  expect(html).not.toMatch(/\{\{|&lt;&lt;|cuthere|[\ue000-\ue1ff]/)
})

it('puts the blocks into a page of HTML, with their styles in its head', async () => {
  const source =
    '<!doctype html><html lang="en"><head><style>.own{color:red}</style></head><body><div class="own">Dear <<contact.FIRSTNAME>></div><table><tr><td>{{blocks}}</td></tr></table><p>{{preheader}}</p></body></html>'
  const { html, problems } = await compiled(own(source, 'html'))
  expect(problems.filter(({ field }) => field === 'design')).toEqual([])
  expect(html).toMatch(
    /^<!doctype html><html lang="en"><head><style[^]*\.mj-column[^]*\.own\{color:red\}[^]*<\/head><body>/,
  )
  expect(html).toContain('Dear Ada')
  expect(html.indexOf('The plans')).toBeLessThan(html.indexOf('</td></tr></table><p>Five regions'))
  const bare = await compiled(own('<p>{{blocks}}</p>', 'html'))
  expect(bare.html).toMatch(/^<p><style/)
})

it('shows the design below and says why, when a template cannot be used', async () => {
  const broken = await compiled(own('<mjml><mj-body>{{blocks}}<script>x</script></mj-body></mjml>'))
  expect(broken.html).toContain('class="page"')
  expect(broken.html).not.toContain('<script')
  expect(broken.problems).toContainEqual(
    expect.objectContaining({
      severity: 'error',
      field: 'design',
      line: 1,
      message: expect.stringMatching(/^Template “Ours”: /),
    }),
  )
})

it('escapes the words of an issue', async () => {
  const content = { ...sampleContent(), subject: '<b>&"x', preheader: '</mj-preview><script>' }
  const { html } = await compiled(own(EMPTY_FRAME), content)
  expect(html).toContain('<title>&lt;b&gt;&amp;&quot;x')
  expect(html).not.toContain('<script>')
})
