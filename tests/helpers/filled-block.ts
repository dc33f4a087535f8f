import { fieldsOf, rowSchemaOf } from '../../src/rendering/blocks/fields.js'
import { type Block, type BlockKind, blockSchemas, definitionOf } from '../../src/rendering/blocks.js'

type Field = ReturnType<typeof fieldsOf>[number]
type Filling = {
  text: string
  /** A line by the name of its field; the beginning of the text without it. */
  line?: (field: string) => string
  newsIds: readonly string[]
  pictureUrl: string
}

const PICTURE = 'https://example.org/picture.png'

/** A block of any kind in which every field of its schema is filled with a text; pictures and links lead to made-up places. */
export function filledBlock(
  kind: BlockKind,
  id: string,
  filling: Pick<Filling, 'text' | 'line'> & Partial<Filling>,
): Block {
  const whole = { newsIds: [], pictureUrl: PICTURE, ...filling }
  const content = contentOf(fieldsOf(definitionOf(kind).schema), whole)
  return { id, kind, content: blockSchemas[kind].parse(content) } as Block
}

function contentOf(fields: readonly Field[], filling: Filling): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueFor(field, filling)]))
}

function valueFor(field: Field, filling: Filling): unknown {
  const { text, line, newsIds, pictureUrl } = filling
  switch (field.control.control) {
    case 'rich':
      return line ? text : text && `<p>${text}</p>`
    case 'picture':
      return pictureUrl
    case 'address':
      return 'https://example.org/page'
    case 'day':
      return '2026-03-02'
    case 'switch':
      return true
    case 'choice':
      return undefined
    case 'code':
      return `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`
    case 'one-news-item':
      return newsIds[0] ?? null
    case 'news-items':
      return newsIds.slice(0, 4)
    case 'rows': {
      const row = contentOf(fieldsOf(rowSchemaOf(field.schema)), filling)
      return [row, row, row]
    }
    case 'line':
      if (line) return longest(field, line(field.name))
      // Most lines are short in life, and none may be longer than its schema says.
      return field.name === 'value' ? text.slice(0, 6) : text.slice(0, 60)
  }
}

// As much of a line as its schema lets in.
function longest({ schema }: Field, line: string): string {
  const lengths = [300, 100, 60, 20]
  return line.slice(0, lengths.find((length) => schema.safeParse(line.slice(0, length)).success) ?? 0)
}
