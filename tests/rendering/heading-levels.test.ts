import fc from 'fast-check'
import { BLOCK_KINDS, type Block, newBlockContent } from '../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { headingLevels } from '../../src/rendering/heading-levels.js'
import { sampleContent, sampleFooter, sampleValues } from '../helpers/sample-content.js'

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const titled = { masthead: 'name', heading: 'text', 'lead-story': 'title', 'news-list': 'title' } as const

const anyBlock = fc
  .tuple(fc.constantFrom(...BLOCK_KINDS.filter((kind) => kind !== 'footer')), fc.boolean())
  .map(([kind, hasTitle]) => {
    const field = hasTitle && kind in titled ? titled[kind as keyof typeof titled] : null
    return { kind, content: { ...newBlockContent(kind), ...(field ? { [field]: 'Words' } : {}) } }
  })
const anyBlocks = fc
  .array(anyBlock, { maxLength: 12 })
  .map((blocks) => blocks.map((block, index) => ({ ...block, id: id(index) })) as Block[])

it('has one main heading at the top and leaves out no level, whatever the order of the blocks', () => {
  fc.assert(
    fc.property(anyBlocks, (blocks) => {
      const levels = headingLevels({ blocks, newsItems: {} }).filter((level) => level !== null)
      if (levels.length === 0) return
      expect(levels[0]).toBe(1)
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      for (const [index, level] of levels.entries())
        expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    }),
  )
})

it('is what the HTML says', async () => {
  const blocks = [
    { id: id(1), kind: 'heading', content: { text: 'First', style: 'banner' } },
    { id: id(2), kind: 'lead-story', content: { ...newBlockContent('lead-story'), title: 'A story' } },
    { id: id(3), kind: 'heading', content: { text: 'Second', style: 'section' } },
    { id: id(4), kind: 'lead-story', content: { ...newBlockContent('lead-story'), title: 'Below it' } },
    sampleFooter,
  ] as Block[]
  const edition = await compileEdition({ ...sampleContent(), blocks })
  const { html } = renderEdition(edition, sampleValues())
  expect([...html.matchAll(/<(h\d)[^>]*>([^<]*)</g)].map(([, tag, text]) => `${tag} ${text}`)).toEqual([
    'h1 First',
    'h2 A story',
    'h2 Second',
    'h3 Below it',
  ])
})
