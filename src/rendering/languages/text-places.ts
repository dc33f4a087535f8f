import type { z } from 'zod'
import { type Control, fieldsOf, rowSchemaOf } from '../blocks/fields.js'
import { type Block, definitionOf } from '../blocks.js'

/** A text of a block that can be said in another language. */
export type TextPlace = {
  /** Where it stands in the content, such as `title` or `entries.0.place`. */
  path: string
  /** What its field is called. */
  label: string
  /** Of a row, its number from 1. */
  row: number | null
  control: Control['control']
  schema: z.ZodType
  source: string
  /** Whether readers of another language miss something without it; links, names and figures may stay as they are. */
  isNeeded: boolean
}

type Content = Readonly<Record<string, unknown>>

/** The texts of a block that are not empty, in the order of its form. */
export function textPlaces({ kind, content }: Pick<Block, 'kind' | 'content'>): TextPlace[] {
  return fieldsOf(definitionOf(kind).schema).flatMap((field) => {
    const value = (content as Content)[field.name]
    if (field.control.control !== 'rows') return placeOf(field, { path: field.name, row: null, value })
    const parts = fieldsOf(rowSchemaOf(field.schema))
    return ((value ?? []) as readonly Content[]).flatMap((row, index) =>
      parts.flatMap((part) =>
        placeOf(part, {
          path: `${field.name}.${index}.${part.name}`,
          row: index + 1,
          value: row[part.name],
        }),
      ),
    )
  })
}

type Field = ReturnType<typeof fieldsOf>[number]

function placeOf(
  { control, schema }: Field,
  { path, row, value }: { path: string; row: number | null; value: unknown },
): TextPlace[] {
  if (!control.translation || typeof value !== 'string' || value === '') return []
  const isNeeded = control.translation === 'needed' && hasWords(value)
  return [{ path, row, label: control.label, control: control.control, schema, source: value, isNeeded }]
}

/** Whether a text has words of its own, besides merge fields, figures and signs such as “>>>”. */
export function hasWords(source: string): boolean {
  const words = source
    .replace(/(?:<<|&lt;&lt;|\{\{).*?(?:>>|&gt;&gt;|\}\})/gs, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&[a-z0-9#]+;/gi, ' ')
  return /\p{L}/u.test(words)
}
