import { z } from 'zod'
import type { Field } from '../../../db/tables/field.js'
import { LANGUAGES } from '../../rendering/messages/language.js'

const CHOICES_MAX = 100

const line = (most: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .max(most, `Keep this below ${most} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), 'Use a single line of plain text.')

const lines = (text: string) =>
  text
    .split('\n')
    .map((choice) => choice.trim().normalize('NFC'))
    .filter(Boolean)

const Choices = z
  .string()
  .default('')
  .transform(lines)
  .pipe(
    z
      .array(line(100))
      .max(CHOICES_MAX, `Keep to ${CHOICES_MAX} choices.`)
      .refine(areDistinct, 'Two choices are the same.'),
  )

const Words = z.partialRecord(
  z.enum(LANGUAGES),
  z.object({
    label: line(100).default(''),
    choices: z
      .string()
      .default('')
      .transform(lines)
      .pipe(z.array(line(100)).max(CHOICES_MAX)),
  }),
)

/** What a field is made of, besides its key; one plain sentence per part that is wrong. `choices` comes as lines. */
export const FieldForm = z
  .object({
    label: line(100).min(1, 'Say what people call it.'),
    type: z.enum(['text', 'number', 'date', 'yes-no', 'choice'], 'Choose what it holds.').default('text'),
    choices: Choices,
    isOnForms: z.boolean().default(false),
    /** For readers of other languages; choices as lines, in the same order. */
    words: Words.default({}),
  })
  // Choices of a field that is none would come back with the next change of its type.
  .transform((field) =>
    field.type === 'choice' ? field : { ...field, choices: [], words: withoutChoices(field.words) },
  )
  .refine(({ type, choices }) => type !== 'choice' || choices.length > 0, {
    path: ['choices'],
    message: 'Write the choices, one a line.',
  })
  .refine(
    ({ choices, words }) =>
      Object.values(words).every((own) => own.choices.length === 0 || own.choices.length === choices.length),
    {
      path: ['words'],
      message: 'In each language write as many choices as there are, in their order, or none.',
    },
  )

export type FieldInput = z.input<typeof FieldForm>
export type FieldDetails = z.output<typeof FieldForm>

/** The columns of a field that hold what its form holds. */
export function fieldColumns({ label, type, choices, isOnForms, words }: FieldDetails) {
  const said = Object.entries(words).filter(([, own]) => own.label !== '' || own.choices.length > 0)
  return {
    ...{ label, type, choices },
    is_on_forms: isOnForms,
    words: JSON.stringify(Object.fromEntries(said)),
  }
}

/** What a field's form holds for a field as it is. */
export function fieldInput(field: Field): Required<FieldInput> {
  const { label, type, choices, is_on_forms: isOnForms } = field
  const words = Object.entries(field.words).map(([language, own]) => [
    language,
    { label: own?.label ?? '', choices: own?.choices.join('\n') ?? '' },
  ])
  return { label, type, choices: choices.join('\n'), isOnForms, words: Object.fromEntries(words) }
}

function withoutChoices(words: z.output<typeof Words>): z.output<typeof Words> {
  return Object.fromEntries(
    Object.entries(words).map(([language, own]) => [language, { ...own, choices: [] }]),
  )
}

function areDistinct(choices: string[]): boolean {
  return new Set(choices.map((choice) => choice.toLowerCase())).size === choices.length
}
