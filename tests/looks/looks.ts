import type { NewsContent } from '../../src/rendering/blocks/define-block.js'
import { BLOCK_KINDS, type Block, type BlockKind, newBlockContent } from '../../src/rendering/blocks.js'
import { BUILT_IN_DESIGNS, builtInDesign } from '../../src/rendering/designs.js'
import { directionOf } from '../../src/rendering/direction.js'
import type { IssueContent } from '../../src/rendering/issue-content.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent, sampleFooter } from '../helpers/sample-content.js'
import { FILLINGS, type Filling } from './fillings.js'

/** One mail to look at: blocks of some kinds in a design, with words of one sort. */
export type Look = { design: string; kind: string; filling: string; content: IssueContent }

export const DESIGNS = BUILT_IN_DESIGNS.map(({ id }) => id)
const NEWS_ID = (number: number) => `00000000-0000-7000-8000-00000000f${String(number).padStart(3, '0')}`
const NEWS_IDS = [1, 2, 3, 4].map(NEWS_ID)
export const PICTURE_HOST = 'https://example.org/'

/** Every kind of block in every design with words of every sort, each between masthead and footer. */
export function everyLook(): Look[] {
  return DESIGNS.flatMap((design) =>
    Object.keys(FILLINGS).flatMap((filling) =>
      BLOCK_KINDS.map((kind) => ({ design, kind, filling, content: contentOf(design, filling, [kind]) })),
    ),
  )
}

/** All kinds of blocks in one mail (the id of each is its kind), in every design with words of every sort. */
export function wholeLooks(): Look[] {
  return DESIGNS.flatMap((design) =>
    Object.keys(FILLINGS).map((filling) => ({
      design,
      kind: 'all',
      filling,
      content: contentOf(design, filling, BLOCK_KINDS),
    })),
  )
}

/** The sample issue in every design: what people will see. */
export function sampleLooks(): Look[] {
  return DESIGNS.map((design) => ({
    design,
    kind: 'sample',
    filling: 'issue',
    content: { ...sampleContent(), design: builtInDesign(design) },
  }))
}

function contentOf(
  design: (typeof DESIGNS)[number],
  name: string,
  kinds: readonly BlockKind[],
): IssueContent {
  const filling = FILLINGS[name] as Filling
  const filled = (kind: BlockKind): Block =>
    name === 'empty'
      ? ({ id: kind, kind, content: newBlockContent(kind) } as Block)
      : filledBlock(kind, kind, {
          text: filling.rich,
          line: filling.line,
          newsIds: NEWS_IDS,
          pictureUrl: `${PICTURE_HOST}${kind}.png`,
        })
  const middle = kinds.filter((kind) => kind !== 'masthead' && kind !== 'footer').map(filled)
  const frame = sampleContent([])
  const masthead = kinds.includes('masthead') ? filled('masthead') : (frame.blocks[0] as Block)
  const footer = kinds.includes('footer') ? filled('footer') : sampleFooter
  return {
    ...frame,
    language: filling.language,
    direction: directionOf(filling.language),
    subject: 'The plans are ready',
    blocks: [masthead, ...middle, footer],
    newsItems: Object.fromEntries(NEWS_IDS.map((id) => [id, newsOf(id, filling)])),
    design: builtInDesign(design),
  }
}

function newsOf(id: string, { news, language }: Filling): NewsContent {
  return {
    ...{ id, ...news, language },
    url: 'https://example.org/page',
    imageUrl: `${PICTURE_HOST}news.png`,
    imageAlt: 'People at a long table',
  }
}
