import { z } from 'zod'
import { LARGEST_TEMPLATE } from '../rendering/own-template/own-template.js'

/** What a designer gives a template; permissive, so that half a thought can be kept. */
export const TemplateForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the template a name.')
    .max(100, 'Keep this below 100 characters.')
    .refine((name) => !/[\r\n\0]/.test(name), 'This must be a single line.'),
  source: z
    .string()
    .max(LARGEST_TEMPLATE, `A template has at most ${LARGEST_TEMPLATE.toLocaleString('en')} characters.`)
    .refine((source) => !source.includes('\0'), 'This is no text.')
    // What browsers send has the line ends of the network; lines are counted all the same.
    .transform((source) => source.replace(/\r\n?/g, '\n')),
})

export type TemplateInput = z.infer<typeof TemplateForm>
