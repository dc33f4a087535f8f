import { z } from 'zod'
import type { List } from '../../db/tables/list.js'
import { LanguageTag } from '../rendering/languages/language-tag.js'

/** What a list is made of; one plain sentence per field that is wrong. */
export const ListForm = z.object({
  name: z.string().trim().min(1, 'Give the list a name.').max(200, 'Keep the name below 200 characters.'),
  description: z.string().trim().max(1000, 'Keep the description below 1,000 characters.').default(''),
  language: LanguageTag.default('en'),
  isPublic: z.boolean().default(true),
  /** `single`: whoever signs up is on it at once, without a mail to confirm. */
  optIn: z.enum(['single', 'double']).default('double'),
  sendsWelcome: z.boolean().default(false),
  sendsGoodbye: z.boolean().default(false),
  /** Whether only approved issues may be scheduled for it. */
  needsApproval: z.boolean().default(false),
})

export type ListInput = z.input<typeof ListForm>
export type ListFields = z.output<typeof ListForm>

/** The columns of a list that hold what its form holds. */
export function listColumns(fields: ListFields) {
  return {
    name: fields.name,
    description: fields.description,
    language: fields.language,
    is_public: fields.isPublic,
    opt_in: fields.optIn,
    sends_welcome: fields.sendsWelcome,
    sends_goodbye: fields.sendsGoodbye,
    needs_approval: fields.needsApproval,
  }
}

/** What a list's form holds for a list as it is. */
export function listInput(list: List): ListFields {
  return {
    name: list.name,
    description: list.description,
    language: list.language,
    isPublic: list.is_public,
    optIn: list.opt_in,
    sendsWelcome: list.sends_welcome,
    sendsGoodbye: list.sends_goodbye,
    needsApproval: list.needs_approval,
  }
}
