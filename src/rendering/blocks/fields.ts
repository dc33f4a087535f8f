import { z } from 'zod'

/** How one field of a block is asked for; the composer makes its form from this and nothing else. */
export type Control = {
  control:
    | 'line'
    | 'rich'
    | 'address'
    | 'picture'
    | 'day'
    | 'choice'
    | 'switch'
    | 'code'
    | 'one-news-item'
    | 'news-items'
    | 'rows'
  label: string
  hint?: string
  options?: readonly { value: string; label: string }[]
  /** The field beside it that says what a picture shows. */
  altField?: string
  /** What one of the rows is called, as in “Add a date”. */
  row?: string
  /** Whether it can be said in another language, and whether readers of that language miss something without. */
  translation?: 'needed' | 'optional'
}

const controls = z.registry<Control>()
const asked = <S extends z.ZodType>(schema: S, control: Control): S => {
  controls.add(schema as z.ZodType, control as never)
  return schema
}

/** How a field of a block's schema is asked for; throws for a schema that no builder of this file made. */
export function controlOf(schema: z.core.$ZodType): Control {
  const control = controls.get(schema)
  if (!control) throw new TypeError('A field of a block is made by src/rendering/blocks/fields.ts.')
  return control
}

type About = { hint?: string }

const text = (most: number) => z.string().trim().max(most, `Keep this below ${most} characters.`)

/** A line of plain words with merge fields; `most` characters. A name is the same in most languages, so that it need not be translated. */
export const line = (
  label: string,
  {
    most = 300,
    initial = '',
    isName = false,
    ...about
  }: About & { most?: number; initial?: string; isName?: boolean } = {},
) =>
  asked(text(most).default(initial), {
    control: 'line',
    label,
    translation: isName ? 'optional' : 'needed',
    ...about,
  })

/** Paragraphs, lists and links. */
export const rich = (label: string, about: About = {}) =>
  asked(z.string().max(50_000, 'Keep this below 50,000 characters.').default(''), {
    control: 'rich',
    label,
    translation: 'needed',
    ...about,
  })

/** A web or mail address. */
export const address = (label: string, { hint = 'Starts with https://' }: About = {}) =>
  asked(text(2000).default(''), { control: 'address', label, hint, translation: 'optional' })

/** The address of a picture, chosen from the library or written; `altField` is the field beside it that says what it shows. */
export const pictureAddress = (label: string, altField: string) =>
  asked(text(2000).default(''), { control: 'picture', label, hint: 'Starts with https://', altField })

/** What a picture shows, for those who do not see it. */
export const alt = (label: string) =>
  line(label, { most: 500, hint: 'For people who do not see the picture: what does it show?' })

/** A day as YYYY-MM-DD, or empty. */
export const day = (label: string, about: About = {}) =>
  asked(z.union([z.literal(''), z.iso.date('Choose a day.')]).default(''), {
    control: 'day',
    label,
    ...about,
  })

/** Yes or no. */
export const toggle = (label: string, initial = false) =>
  asked(z.boolean().default(initial), { control: 'switch', label })

/** One of a few; the first is where a new block starts. */
export function choice<const V extends string>(label: string, options: readonly [V, string][]) {
  const values = options.map(([value]) => value) as [V, ...V[]]
  return asked(z.enum(values).default(values[0] as never), {
    control: 'choice',
    label,
    options: options.map(([value, name]) => ({ value, label: name })),
  })
}

/** One or two columns and so on, as numbers. */
export function columns<const N extends number>(label: string, options: readonly [N, string][]) {
  const numbers = options.map(([value]) => z.literal(value))
  return asked(z.union(numbers as [z.ZodLiteral<N>, z.ZodLiteral<N>]).default(options[0]?.[0] as never), {
    control: 'choice',
    label,
    options: options.map(([value, name]) => ({ value: String(value), label: name })),
  })
}

/** Source text in a fixed-width field. */
export const code = (label: string, about: About = {}) =>
  asked(z.string().max(50_000, 'Keep this below 50,000 characters.').default(''), {
    control: 'code',
    label,
    translation: 'needed',
    ...about,
  })

/** One news item of the library, or none. */
export const newsItem = (label: string) =>
  asked(z.uuid().nullable().default(null), { control: 'one-news-item', label })

/** News items of the library in an order, at most so many. */
export const newsItems = (label: string, { most = 100 } = {}) =>
  asked(z.array(z.uuid()).max(most, `Choose at most ${most} news items.`).default([]), {
    control: 'news-items',
    label,
  })

/** Several of a kind, each with fields of its own; rows in rows do not work. */
export const rows = <S extends z.ZodRawShape>(
  label: string,
  { row, most = 50, fields }: { row: string; most?: number; fields: S },
) =>
  asked(z.array(z.object(fields)).max(most, `At most ${most} of these.`).default([]), {
    control: 'rows',
    label,
    row,
  })

/** The fields of a schema by name with their controls, in the order of the schema; those of a `rows` field for its rows. */
export function fieldsOf(schema: z.ZodObject): { name: string; schema: z.ZodType; control: Control }[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    schema: field as z.ZodType,
    control: controlOf(field),
  }))
}

/** The schema of one row of a field made by `rows`. */
export function rowSchemaOf(field: z.ZodType): z.ZodObject {
  const array = (field as z.ZodDefault<z.ZodArray<z.ZodObject>>).unwrap()
  return array.element
}
