import type { Block } from '../../src/rendering/blocks.js'
import { newBlockContent } from '../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { directionOf } from '../../src/rendering/direction.js'
import { checkSize, templateBytes } from '../../src/rendering/edition-size.js'
import { sampleContent, sampleFooter, sampleValues } from '../helpers/sample-content.js'

const id = '00000000-0000-7000-8000-000000000777'
const withBlock = (block: Omit<Block, 'id'>) => ({
  ...sampleContent(),
  blocks: [{ ...block, id } as Block, sampleFooter],
})
const problemsOf = async (block: Omit<Block, 'id'>) => (await compileEdition(withBlock(block))).problems

describe('a news item', () => {
  it('that is gone is an error of the block that shows it', async () => {
    const newsItemId = '00000000-0000-7000-8000-00000000dead'
    const story = { kind: 'lead-story', content: { ...newBlockContent('lead-story'), newsItemId } } as const
    expect(await problemsOf(story)).toContainEqual(
      expect.objectContaining({ severity: 'error', blockId: id, field: 'newsItemId' }),
    )
    const content = { ...newBlockContent('news-list'), newsItemIds: [newsItemId] }
    const list = { kind: 'news-list' as const, content }
    expect(await problemsOf(list)).toContainEqual(
      expect.objectContaining({ severity: 'error', blockId: id, field: 'newsItemIds' }),
    )
  })

  it('in another language says so, with its direction', async () => {
    const content = sampleContent()
    const [first] = Object.values(content.newsItems)
    if (!first) throw new Error('The sample has no news.')
    const foreign = { ...first, title: 'خبر', language: 'ar' }
    const story = { ...newBlockContent('lead-story'), newsItemId: first.id }
    const edition = await compileEdition({
      ...withBlock({ kind: 'lead-story', content: story }),
      newsItems: { [first.id]: foreign },
    })
    expect(renderEdition(edition, sampleValues()).html).toMatch(/<h1[^>]* lang="ar" dir="rtl"[^>]*>خبر/)
  })
})

describe('custom MJML', () => {
  const own = (mjml: string) => ({ kind: 'mjml', content: { mjml } }) as const
  const section = (inside: string) => `<mj-section><mj-column>\n${inside}\n</mj-column></mj-section>`

  it('has its words in the text part, in their order, with addresses', async () => {
    const mjml = section(
      '<mj-text>Come <b>soon</b></mj-text><mj-button href="https://example.org/x">Say yes</mj-button>',
    )
    const { text } = renderEdition(await compileEdition(withBlock(own(mjml))), sampleValues())
    expect(text.replace(/\s+/g, ' ')).toContain('Come soon Say yes (https://example.org/x)')
  })

  it('is warned of pictures without a description and of a second main heading, at their line', async () => {
    const mjml = section('<mj-image src="https://example.org/a.png" />\n<mj-text><h1>Big</h1></mj-text>')
    const found = (await problemsOf(own(mjml))).filter(({ blockId }) => blockId === id)
    expect(found.map(({ severity, line }) => [severity, line])).toEqual([
      ['warning', 2],
      ['warning', 3],
    ])
  })
})

describe('the size', () => {
  it('is that of the finished HTML, give or take the values', async () => {
    const edition = await compileEdition(sampleContent())
    const real = Buffer.byteLength(renderEdition(edition, sampleValues()).html)
    expect(Math.abs(edition.htmlBytes - real)).toBeLessThan(1000)
    expect(edition.htmlBytes).toBeLessThan(60_000)
  })

  it('counts the longer branch of a condition and the fixed text exactly', () => {
    expect(templateBytes(['né', { if: 'contact.CITY', then: ['abc'], else: ['a'] }])).toBe(6)
  })

  it('is warned of above 80 KB and an error above 100 KB', () => {
    expect(checkSize(80_000)).toEqual([])
    expect(checkSize(80_001)).toMatchObject([{ severity: 'warning' }])
    expect(checkSize(100_001)).toMatchObject([{ severity: 'error' }])
  })
})

it.each([
  ['en', 'ltr'],
  ['ar', 'rtl'],
  ['ar-EG', 'rtl'],
  ['he', 'rtl'],
  ['az-Arab', 'rtl'],
  ['uz-Latn', 'ltr'],
  ['art', 'ltr'],
])('%s is written %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction)
})
