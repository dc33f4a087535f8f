import type { NewsItems } from '../rendering/blocks/define-block.js'
import { type Control, fieldsOf, rowSchemaOf } from '../rendering/blocks/fields.js'
import { BLOCK_KINDS, type Block, type BlockKind, blockSchemas, definitionOf } from '../rendering/blocks.js'

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><rect width="600" height="300" fill="#9db8bf"/><circle cx="455" cy="80" r="38" fill="#f4e3b5"/><path d="M0 300V210l130-95 110 85 95-60 265 160z" fill="#4c7480"/><path d="M0 300l210-90 160 60 130-45 100 75z" fill="#2c505b"/></svg>'
// A picture of its own, so that nothing is loaded from anywhere.
const PICTURE = `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`
const PAGE = 'https://example.org/page'

/** Words for a field by its name; any other line says what the field is for. */
const WORDS: Readonly<Record<string, string>> = {
  title: 'What happened this month',
  text: 'A heading over what follows',
  name: 'Robin Sample',
  role: 'Coordinator of the samples',
  tagline: 'A line that says what this is about',
  label: 'Read the whole story',
  caption: 'A caption says what the picture shows.',
  value: '128',
  place: 'Town Hall, Sampleton',
  time: '10:00–16:00',
  alt: 'Hills under a low sun',
  organisation: 'Sample House',
  address: '1 Example Street, 12345 Sampleton',
  reason: 'You get this because you asked for our news.',
  fundingStatement: 'This is where the funder’s statement stands.',
  copyright: '© Sample House',
}
const RICH =
  '<p>Two or three sentences show how running text sits on the page, with <strong>a few bold words</strong> and <a href="https://example.org/page">a link</a> in them.</p><ul><li>A first point</li><li>A second point</li></ul>'

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** News for samples, by id. */
export const SAMPLE_NEWS: NewsItems = Object.fromEntries(
  [
    'Open studios on five Saturdays',
    'A map of every workshop',
    'Call for ideas',
    'The new library of tools',
  ].map((title, index) => {
    const id = idOf(index + 1)
    const summaryHtml = '<p>One or two sentences say what it is about and why it matters to the reader.</p>'
    const rest = { region: 'Sampleton', language: 'en', imageUrl: PICTURE, imageAlt: 'Hills under a low sun' }
    return [id, { id, title, summaryHtml, url: PAGE, ...rest }]
  }),
)

const FIRST: readonly BlockKind[] = ['masthead', 'text', 'lead-story', 'button', 'heading', 'news-list']

/** One block of every kind, each filled with words that show how it looks: the masthead first, the footer last. */
export function sampleBlocks(): Block[] {
  const rest = BLOCK_KINDS.filter((kind) => !FIRST.includes(kind) && kind !== 'footer')
  return [...FIRST, ...rest, 'footer' as const].map(sampleBlock)
}

function sampleBlock(kind: BlockKind, index: number): Block {
  const content = contentOf(fieldsOf(definitionOf(kind).schema))
  if (kind === 'masthead') content['name'] = 'The newsletter’s name'
  return { id: idOf(100 + index), kind, content: blockSchemas[kind].parse(content) } as Block
}

type Field = { name: string; schema: ReturnType<typeof fieldsOf>[number]['schema']; control: Control }

function contentOf(fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field)]))
}

function valueOf(field: Field): unknown {
  const { name, control, schema } = field
  const newsIds = Object.keys(SAMPLE_NEWS)
  switch (control.control) {
    case 'line':
      // What a new block starts with says best what belongs there.
      return schema.parse(undefined) || WORDS[name] || (/alt$/i.test(name) ? WORDS['alt'] : control.label)
    case 'rich':
      return RICH
    case 'picture':
      return PICTURE
    case 'address':
      return PAGE
    case 'day':
      return '2026-03-02'
    case 'switch':
      return true
    case 'choice':
      return undefined
    case 'code':
      return '<mj-section><mj-column><mj-text>MJML of an issue’s own.</mj-text></mj-column></mj-section>'
    case 'one-news-item':
      return newsIds[0]
    case 'news-items':
      return newsIds
    case 'rows': {
      const row = contentOf(fieldsOf(rowSchemaOf(schema)))
      return [row, row, row]
    }
  }
}
