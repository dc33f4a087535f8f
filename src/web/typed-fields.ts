import type { Field } from '../../db/tables/field.js'

type Typed = {
  values: Readonly<Record<string, string | undefined>>
  errors: Readonly<Record<string, string>>
}

const YES_NO = [
  { value: '', label: 'Unknown' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** The inputs of fields by their type, for the partials `field` (without options) and `select` (with options). */
export function typedFields(fields: readonly Field[], { values, errors }: Typed) {
  return fields.map((field) => {
    const value = values[field.key] ?? ''
    const input = { key: field.key, label: field.label, value, error: errors[field.key] }
    switch (field.type) {
      case 'yes-no':
        return { ...input, options: YES_NO }
      case 'choice':
        return { ...input, options: choiceOptions(field.choices, value) }
      case 'date':
        return { ...input, type: 'date' }
      case 'number':
        return { ...input, placeholder: '42 or 3.5' }
      case 'text':
        return input
    }
  })
}

// What somebody has typed stays to be seen, even when it is no choice.
function choiceOptions(choices: readonly string[], value: string) {
  const known = value === '' || choices.includes(value) ? choices : [...choices, value]
  return [{ value: '', label: 'Unknown' }, ...known.map((choice) => ({ value: choice, label: choice }))]
}
