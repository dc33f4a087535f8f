import { mergeFieldNames } from '../../../src/rendering/compile-edition.js'
import { BUILT_IN_DESIGNS } from '../../../src/rendering/designs.js'
import { refusedMjml } from '../../../src/rendering/mjml-to-html.js'
import { checkTemplate } from '../../../src/rendering/own-template/check-template.js'
import { LARGEST_TEMPLATE, type OwnTemplate } from '../../../src/rendering/own-template/own-template.js'
import { copyOfDesign, EMPTY_FRAME } from '../../../src/templates/starting-source.js'

const FIELDS = mergeFieldNames(['FIRSTNAME'])
const check = (source: string, format: OwnTemplate['format'] = 'mjml') =>
  checkTemplate({ format, source }, FIELDS)
const page = (body: string, head = '') =>
  `<mjml lang="{{language}}">\n<mj-head><mj-preview>{{preheader}}</mj-preview>${head}</mj-head>\n<mj-body>\n${body}\n</mj-body>\n</mjml>`
const errors = async (source: string, format: OwnTemplate['format'] = 'mjml') =>
  (await check(source, format)).problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) => `${line}: ${message}`)

it.each(BUILT_IN_DESIGNS)('finds nothing wrong with a copy of $id', async ({ id }) => {
  expect(await check(copyOfDesign(id))).toEqual({ isUsable: true, problems: [] })
})

it('finds nothing wrong with the empty frame, a place in a wrapper and a page of HTML', async () => {
  expect(await check(EMPTY_FRAME)).toEqual({ isUsable: true, problems: [] })
  expect(await check(page('<mj-wrapper>{{{ blocks }}}</mj-wrapper>'))).toEqual({
    isUsable: true,
    problems: [],
  })
  const html =
    '<!doctype html><html lang="en"><head><title>x</title></head><body><p>{{preheader}}</p><table><tr><td>{{blocks}}</td></tr></table></body></html>'
  expect(await check(html, 'html')).toEqual({ isUsable: true, problems: [] })
})

it.each([
  ['no place for blocks', page('<mj-section></mj-section>'), /^1: Nothing says where the blocks/],
  ['two places', page('{{blocks}}\n{{blocks}}'), /^5: .*a second time/],
  [
    'a place in a column',
    page('<mj-section><mj-column>{{blocks}}</mj-column></mj-section>'),
    /^4: Blocks are sections/,
  ],
  ['a place in a comment', page('<!-- {{blocks}} -->'), /^4: Blocks are sections/],
  [
    'a place in an attribute',
    page('<mj-section css-class="{{blocks}}"></mj-section>'),
    /^4: Blocks are sections/,
  ],
  [
    'a tag that stays open',
    page('{{blocks}}\n<mj-section>'),
    /^6: <\/mj-body> closes a tag that is not open here/,
  ],
  [
    'an unknown field',
    page(
      '{{blocks}}<mj-section><mj-column><mj-text>\n<<contact.FRSTNAME>></mj-text></mj-column></mj-section>',
    ),
    /^5: .*Did you mean contact.FIRSTNAME/,
  ],
  [
    'an unknown slot',
    page('<mj-section background-color="{{light.papier}}"></mj-section>{{blocks}}'),
    /^4: There is no merge field light.papier/,
  ],
  [
    'an attribute that MJML has not',
    page('{{blocks}}\n<mj-section colour="red"></mj-section>'),
    /^5: .*colour/,
  ],
  ['an element that MJML has not', page('{{blocks}}\n\n<mj-invoice></mj-invoice>'), /^6: .*mj-invoice/],
  ['a field that MJML drops', page('{{blocks}}\n<<contact.FIRSTNAME>>'), /^5: MJML drops/],
  ['something else', 'just words {{blocks}}', /^1: A template begins with <mjml>/],
])('says the line of %s', async (_, source, message) => {
  const found = await errors(source)
  expect(found.filter((each) => message.test(each))).toHaveLength(1)
})

it.each([
  ['a script', page('{{blocks}}<mj-raw><script>x</script></mj-raw>')],
  ['an included file', page('<mj-include path="/etc/passwd" />{{blocks}}')],
  [
    'a handler',
    page('<mj-section><mj-column><mj-text><a onclick="x">y</a></mj-text></mj-column></mj-section>{{blocks}}'),
  ],
  [
    'a link that runs',
    page(
      '<mj-section><mj-column><mj-button href="java&#115;cript:x">y</mj-button></mj-column></mj-section>{{blocks}}',
    ),
  ],
  ['a frame', page('{{blocks}}<mj-raw><iframe src="https://example.org"></iframe></mj-raw>')],
  ['a font from elsewhere', page('{{blocks}}', '<mj-font name="X" href="https://example.org/x.css" />')],
  [
    'a style from elsewhere',
    page('{{blocks}}', '<mj-style>@import url(https://example.org/x.css);</mj-style>'),
  ],
  [
    'a redirect',
    page('{{blocks}}', '<mj-raw><meta http-equiv="refresh" content="0;url=https://example.org"></mj-raw>'),
  ],
  [
    'a handler from the head',
    page(
      '{{blocks}}',
      '<mj-html-attributes><mj-selector path=".x"><mj-html-attribute name="onclick">x</mj-html-attribute></mj-selector></mj-html-attributes>',
    ),
  ],
])('does not use a template with %s', async (_, source) => {
  const { isUsable, problems } = await check(source)
  expect({ isUsable, severity: problems[0]?.severity }).toEqual({ isUsable: false, severity: 'error' })
})

// What hand-written blocks may not hold, templates may not either; only mj-raw, harmless meta tags and conditions are theirs alone.
it.each([
  ...['<script>x</script>', '<iframe src="x"></iframe>', '<object data="x"></object>', '<embed src="x">'],
  ...['<form action="x"></form>', '<link rel="stylesheet" href="x">', '<base href="https://example.org">'],
  ...[
    '<svg onload="x"></svg>',
    '<mj-include path="x" />',
    '<b onmouseover=x>y</b>',
    '<a href="javascript:x">y</a>',
  ],
  ...['<a href=vbscript:x>y</a>', '<img alt="" src="data:text/html,x">', '<a href="&#106;avascript:x">y</a>'],
])('refuses what blocks refuse: %s', async (source) => {
  expect(refusedMjml(source)).not.toBeNull()
  const inText = `<mj-section><mj-column><mj-text>${source}</mj-text></mj-column></mj-section>`
  expect((await check(page(`${inText}{{blocks}}`))).isUsable).toBe(false)
})

it('advises without refusing', async () => {
  const { isUsable, problems } = await check(
    '<mjml><mj-body>{{blocks}}<mj-section><mj-column>\n<mj-image src="https://example.org/x.png" /></mj-column></mj-section></mj-body></mjml>',
  )
  expect(isUsable).toBe(true)
  expect(problems.map(({ severity, line }) => `${severity} ${line}`)).toEqual([
    'warning 1',
    'warning 1',
    'warning 2',
  ])
})

it('answers soon, whatever the source', async () => {
  for (const source of [
    '<mj-section a="'.repeat(20_000),
    '<mj-a'.repeat(50_000),
    '{{'.repeat(100_000),
    '<!--'.repeat(70_000),
    page('<mj-wrapper>'.repeat(3000)),
  ]) {
    const start = performance.now()
    expect((await check(source.slice(0, LARGEST_TEMPLATE))).isUsable).toBe(false)
    expect(performance.now() - start).toBeLessThan(5000)
  }
  expect((await errors('x'.repeat(LARGEST_TEMPLATE + 1)))[0]).toContain('at most 300,000')
})
