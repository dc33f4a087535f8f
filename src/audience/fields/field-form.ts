import { z } from 'zod'
import type { Field } from '../../../db/tables/field.js'

const CHOICES_MAX = 100

const line = (most: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .max(most, `Keep this below ${most} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), 'Use a single line of plain text.')

const Choices = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split('\n')
      .map((choice) => choice.trim().normalize('NFC'))
      .filter(Boolean),
  )
  .pipe(
    z
      .array(line(100))
      .max(CHOICES_MAX, `Keep to ${CHOICES_MAX} choices.`)
      .refine(areDistinct, 'Two choices are the same.'),
  )

/** What a field is made of, besides its key; one plain sentence per part that is wrong. `choices` comes as lines. */
export const FieldForm = z
  .object({
    label: line(100).min(1, 'Say what people call it.'),
    type: z.enum(['text', 'number', 'date', 'yes-no', 'choice'], 'Choose what it holds.').default('text'),
    choices: Choices,
    isOnForms: z.boolean().default(false),
  })
  // Choices of a field that is none would come back with the next change of its type.
  .transform((field) => (field.type === 'choice' ? field : { ...field, choices: [] }))
  .refine(({ type, choices }) => type !== 'choice' || choices.length > 0, {
    path: ['choices'],
    message: 'Write the choices, one a line.',
  })

export type FieldInput = z.input<typeof FieldForm>
export type FieldDetails = z.output<typeof FieldForm>

/** The columns of a field that hold what its form holds. */
export function fieldColumns({ label, type, choices, isOnForms }: FieldDetails) {
  return { label, type, choices, is_on_forms: isOnForms }
}

/** What a field's form holds for a field as it is. */
export function fieldInput(field: Field): Required<FieldInput> {
  const { label, type, choices, is_on_forms: isOnForms } = field
  return { label, type, choices: choices.join('\n'), isOnForms }
}

function areDistinct(choices: string[]): boolean {
  return new Set(choices.map((choice) => choice.toLowerCase())).size === choices.length
}
