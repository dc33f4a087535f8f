import { z } from 'zod'

/** What a list is made of; one plain sentence per field that is wrong. */
export const ListForm = z.object({
  name: z.string().trim().min(1, 'Give the list a name.').max(200, 'Keep the name below 200 characters.'),
  description: z.string().trim().max(1000, 'Keep the description below 1,000 characters.').default(''),
  language: z
    .string()
    .trim()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language code such as en, fi or pt-BR.')
    .default('en'),
  isPublic: z.boolean().default(true),
  /** Whether only approved issues may be scheduled for it. */
  needsApproval: z.boolean().default(false),
})

export type ListInput = z.input<typeof ListForm>
export type ListFields = z.output<typeof ListForm>
