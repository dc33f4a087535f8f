import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { BUILT_IN_DESIGNS, builtInDesign, type Design } from '../../src/rendering/designs.js'
import { FONTS } from '../../src/rendering/fonts.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent, sampleValues } from '../helpers/sample-content.js'
import { wholeLooks } from '../looks/looks.js'

const GMAIL_CUTS_AT = 102_000
const inDesign = async (design: Design, change: object = {}) =>
  renderEdition(await compileEdition({ ...sampleContent(), design, ...change }), sampleValues()).html

it.each(wholeLooks())(
  '$design takes every kind of block with $filling words',
  async ({ content, filling }) => {
    const edition = await compileEdition(content)
    expect(edition.problems.filter(({ field }) => field === null)).toEqual([])
    const { html } = renderEdition(edition, sampleValues())
    expect(html).not.toMatch(/<script>alert|<[^>]+\sonerror=|<\/mj-/i)
    expect(html).toContain(`dir="${content.direction}"`)
    if (filling !== 'long') expect(Buffer.byteLength(html)).toBeLessThan(GMAIL_CUTS_AT)
  },
)

it('has designs that differ from one another and say what they are for', async () => {
  const mails = await Promise.all(BUILT_IN_DESIGNS.map(({ id }) => inDesign(builtInDesign(id))))
  expect(new Set(mails).size).toBe(BUILT_IN_DESIGNS.length)
  for (const { name, says } of BUILT_IN_DESIGNS) {
    expect(name).not.toBe('')
    expect(says).toMatch(/\.$/)
  }
})

it.each(BUILT_IN_DESIGNS)('$id shows no logo wider than the funder’s emblem', async ({ id }) => {
  const blocks = (['masthead', 'footer'] as const).map((kind) =>
    filledBlock(kind, `block-${kind}`, { text: 'x', pictureUrl: `https://example.org/${kind}.png` }),
  )
  const html = await inDesign(builtInDesign(id), { blocks })
  const widthOf = (kind: string) =>
    Number(new RegExp(`<img[^>]*${kind}\\.png[^>]*\\swidth="(\\d+)"`).exec(html.replace(/\n/g, ' '))?.[1])
  expect(widthOf('footer')).toBe(150)
  expect(widthOf('masthead')).toBeLessThanOrEqual(120)
})

it('dresses blocks in a design that knows nothing of them, with or without a head', async () => {
  const bare = { ...builtInDesign('project'), mjml: '<mjml><mj-body>{{{blocks}}}</mj-body></mjml>' }
  const headed = {
    ...bare,
    mjml: '<mjml><mj-head><mj-title>x</mj-title></mj-head><mj-body>{{{blocks}}}</mj-body></mjml>',
  }
  for (const design of [bare, headed]) {
    const edition = await compileEdition({ ...sampleContent(), design })
    expect(edition.problems).toEqual([])
    const { html } = renderEdition(edition, sampleValues())
    expect(html).toContain('prefers-color-scheme')
    expect(html).toMatch(/<h1[^>]+font-size: ?34px/)
  }
})

it('sets headings and texts in the fonts of the brand, else in those of the design', async () => {
  const { brand } = sampleContent()
  const chosen = { brand: { ...brand, fonts: { heading: 'courier', text: 'verdana' } } }
  const html = (await inDesign(builtInDesign('letter'), chosen)).replaceAll('&quot;', "'")
  expect(html).toContain(FONTS.courier.stack)
  expect(html).toContain(FONTS.verdana.stack)
  expect(html).not.toContain('Georgia')
  expect(await inDesign(builtInDesign('letter'))).toContain('Georgia')
})
