import type { Field } from '../../../db/tables/field.js'
import { InvalidError } from '../../errors.js'
import type { FormWords } from '../../rendering/messages/forms.js'
import { type Address, type AddressFault, parseAddress } from '../address.js'
import { parseFieldValue } from '../field-value.js'
import type { OpenForm } from './find-form.js'
import { hasChoice } from './form-texts.js'

/** What somebody typed into a form. */
export type TypedSignUp = {
  email: string
  /** Ids of the chosen lists; may be none where the form offers no choice. */
  lists: readonly string[]
  /** By field key. */
  fields: Readonly<Record<string, string>>
}

export type ReadSignUp = { address: Address; listIds: string[]; fields: Record<string, string> }

const ADDRESS_WORDS = {
  empty: 'emailEmpty',
  shape: 'emailShape',
  long: 'emailLong',
} as const satisfies Record<AddressFault, keyof FormWords>
const FIELD_WORDS = {
  text: 'badText',
  number: 'badNumber',
  date: 'badDate',
  'yes-no': 'badYesNo',
  choice: 'badChoice',
} as const satisfies Record<Field['type'], keyof FormWords>

/**
 * Checks what was typed into a form. It knows nothing of who is known, so neither do its answers. Throws `InvalidError` with a sentence in
 * the reader's language for `email`, `lists` or the key of a field.
 */
export function readSignUp(form: OpenForm, words: FormWords, typed: TypedSignUp): ReadSignUp {
  const problems: Record<string, string> = {}
  const address = parseAddress(typed.email)
  if ('problem' in address) problems['email'] = words[ADDRESS_WORDS[address.fault]]
  const listIds = listsChosen(form, words, { chosen: typed.lists, problems })
  const fields: Record<string, string> = {}
  for (const field of form.fields) {
    const read = parseFieldValue(field, typed.fields[field.key] ?? '')
    if ('problem' in read) problems[field.key] = words[FIELD_WORDS[field.type]]
    else if (read.value !== '') fields[field.key] = read.value
    else if (field.isRequired) problems[field.key] = words.required
  }
  if ('problem' in address || Object.keys(problems).length > 0) throw new InvalidError(problems)
  return { address, listIds, fields }
}

function listsChosen(
  form: OpenForm,
  words: FormWords,
  { chosen, problems }: { chosen: readonly string[]; problems: Record<string, string> },
): string[] {
  const open = form.lists.map(({ id }) => id)
  if (open.length === 0) problems['lists'] = words.listsClosed
  if (hasChoice(form) && chosen.length === 0) problems['lists'] = words.listsEmpty
  if (!chosen.every((id) => open.includes(id))) problems['lists'] = words.listsClosed
  return chosen.length === 0 ? open : open.filter((id) => chosen.includes(id))
}
