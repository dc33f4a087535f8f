import type { NewsItem } from '../../../../db/tables/news-item.js'
import { fieldsOf, rowSchemaOf } from '../../../rendering/blocks/fields.js'
import { type Block, definitionOf } from '../../../rendering/blocks.js'

export type BlockFormView = { fields: object[]; hasFields: boolean }

type Field = ReturnType<typeof fieldsOf>[number]
type Known = { news: readonly NewsItem[]; errors: Readonly<Record<string, string>> }
type Content = Readonly<Record<string, unknown>>

/** What the form of a block shows: every field of its schema with what it holds and what is wrong with it. */
export function blockForm(block: Block, known: Known): BlockFormView {
  const fields = fieldsOf(definitionOf(block.kind).schema).map((field) =>
    fieldView(
      field,
      { path: field.name, idPrefix: block.id, value: (block.content as Content)[field.name] },
      known,
    ),
  )
  return { fields, hasFields: fields.length > 0 }
}

type Place = { path: string; idPrefix: string; value: unknown }

function fieldView(field: Field, { path, idPrefix, value }: Place, known: Known): object {
  return {
    ...field.control,
    name: path,
    id: `${idPrefix}-${path}`,
    error: known.errors[path],
    ...valueView(field, { path, idPrefix, value }, known),
  }
}

function valueView(field: Field, place: Place, known: Known) {
  const { value } = place
  switch (field.control.control) {
    case 'news-items':
      return newsPicker(value as readonly string[], known.news)
    case 'one-news-item':
      return { options: known.news.map(({ id, title }) => ({ value: id, label: title })), value: value ?? '' }
    case 'switch':
      return { isOn: value === true }
    case 'choice':
      return { value: String(value) }
    case 'picture':
      return { value, altId: besideOf(place, field.control.altField ?? '') }
    case 'rows':
      return { rows: rowViews(field, place, known) }
    default:
      return { value }
  }
}

// A field of the same row or block.
function besideOf({ idPrefix, path }: Place, name: string): string {
  return `${idPrefix}-${[...path.split('.').slice(0, -1), name].join('.')}`
}

function rowViews(field: Field, { path, idPrefix, value }: Place, known: Known) {
  const given = (value ?? []) as readonly Content[]
  const inRow = fieldsOf(rowSchemaOf(field.schema))
  return given.map((row, index) => ({
    index,
    number: index + 1,
    isFirst: index === 0,
    isLast: index === given.length - 1,
    fields: inRow.map((part) =>
      fieldView(part, { path: `${path}.${index}.${part.name}`, idPrefix, value: row[part.name] }, known),
    ),
  }))
}

function newsPicker(chosen: readonly string[], news: readonly NewsItem[]) {
  const byId = new Map(news.map((item) => [item.id, item]))
  return {
    chosen: chosen.map((id, index) => ({
      id,
      title: byId.get(id)?.title ?? 'This news item is no longer in the library',
      isMissing: !byId.has(id),
      isFirst: index === 0,
      isLast: index === chosen.length - 1,
    })),
    others: news.filter(({ id }) => !chosen.includes(id)),
  }
}

/** A block in a few words, for the outline. */
export function blockSummary({ kind, content }: Block, news: readonly NewsItem[]): string {
  return definitionOf(kind).summary(content, (id) => news.find((item) => item.id === id)?.title)
}
