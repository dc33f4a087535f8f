import type { Field } from '../../../db/tables/field.js'
import type { Language } from '../../rendering/messages/language.js'
import { SHIPPED_FIELDS } from '../../rendering/messages/shipped-fields.js'

type Worded = Pick<Field, 'key' | 'label' | 'choices' | 'words'>

/** What readers of a language see of a field: its own words in it, else the usual ones of a field that came with the product, else the field's. */
export function fieldIn(
  { key, label, choices, words }: Worded,
  language: Language,
): { label: string; choices: { value: string; label: string }[] } {
  const own = words[language]
  const shipped = SHIPPED_FIELDS[key]
  const usual = shipped?.en === label ? shipped[language] : label
  return {
    label: own?.label || usual,
    choices: choices.map((value, at) => ({ value, label: own?.choices[at] || value })),
  }
}
