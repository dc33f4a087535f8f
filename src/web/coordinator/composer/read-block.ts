import { z } from 'zod'
import { fieldsOf, rowSchemaOf } from '../../../rendering/blocks/fields.js'
import { type BlockKind, definitionOf } from '../../../rendering/blocks.js'

type Body = Readonly<Record<string, unknown>>
type Field = ReturnType<typeof fieldsOf>[number]

/** What a button inside a list of news items or rows asks for besides saving: the verb, the field, and the item or the number of the row. */
const Change = z
  .string()
  .regex(/^(add|up|down|remove):[A-Za-z]{1,40}:[0-9a-f-]{0,36}$/)
  .transform((text) => {
    const [verb, field, what] = text.split(':') as [Verb, string, string]
    return { verb, field, what }
  })
  .optional()
  .catch(undefined)

type Verb = 'add' | 'up' | 'down' | 'remove'
type Asked = z.infer<typeof Change>

/** A block's content as its form says it; the verb that saves it checks it by the kind's schema. */
export function readBlock(kind: BlockKind, body: Body): Record<string, unknown> {
  const change = Change.parse(body['change'])
  const entries = fieldsOf(definitionOf(kind).schema).map((field) => {
    const asked = change?.field === field.name ? change : undefined
    return [field.name, readField(field, { path: field.name, body, asked })] as const
  })
  return Object.fromEntries(entries)
}

type Given = { path: string; body: Body; asked?: Asked }

function readField(field: Field, { path, body, asked }: Given): unknown {
  const given = body[path]
  switch (field.control.control) {
    case 'switch':
      return given === 'on'
    case 'one-news-item':
      return given ? String(given) : null
    case 'news-items':
      return changedItems([given ?? []].flat().map(String).filter(Boolean), asked)
    case 'rows':
      return changedRows(readRows(field, { path, body }), asked)
    case 'choice':
      return isOfNumbers(field) ? Number(given) : given
    default:
      return typeof given === 'string' ? given : ''
  }
}

// A browser sends words only; the schema says which of them mean numbers.
function isOfNumbers({ schema, control }: Field): boolean {
  return schema.safeParse(Number(control.options?.[0]?.value)).success
}

const ROWS_MAX = 200

function readRows(field: Field, { path, body }: Given): Record<string, unknown>[] {
  const parts = fieldsOf(rowSchemaOf(field.schema))
  const isThere = (index: number) => body[`${path}.${index}`] !== undefined
  const count = Array.from({ length: ROWS_MAX }).findIndex((_, index) => !isThere(index))
  return Array.from({ length: count < 0 ? ROWS_MAX : count }, (_, index) =>
    Object.fromEntries(
      parts.map((part) => [part.name, readField(part, { path: `${path}.${index}.${part.name}`, body })]),
    ),
  )
}

function changedRows(rows: Record<string, unknown>[], asked: Asked): Record<string, unknown>[] {
  if (!asked) return rows
  return asked.verb === 'add' ? [...rows, {}] : moved(rows, Number(asked.what), asked.verb)
}

function changedItems(ids: string[], asked: Asked): string[] {
  if (!asked) return ids
  if (asked.verb === 'add') return [...ids.filter((id) => id !== asked.what), asked.what]
  return moved(ids, ids.indexOf(asked.what), asked.verb)
}

function moved<T>(all: readonly T[], at: number, verb: Exclude<Verb, 'add'>): T[] {
  const one = all[at]
  if (one === undefined) return [...all]
  const others = all.toSpliced(at, 1)
  if (verb === 'remove') return others
  return others.toSpliced(verb === 'up' ? Math.max(0, at - 1) : at + 1, 0, one)
}
