import { z } from 'zod'

export const CORNERS = ['soft', 'round', 'square'] as const
export const THEMES = ['auto', 'light', 'dark'] as const

/** How a form looks where it is not the organisation's own look. */
export const FormLook = z.object({
  /** Of the button and what one is in; empty: the organisation's main colour. */
  accent: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(#[0-9a-f]{6})?$/, 'Write a colour such as #0f4c5c, or leave it empty.')
    .default(''),
  corners: z.enum(CORNERS).default('soft'),
  /** Light or dark for everybody, or as each reader's screen is. */
  theme: z.enum(THEMES).default('auto'),
})

export type FormLook = z.output<typeof FormLook>
