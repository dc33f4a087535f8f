import { z } from 'zod'
import type { Organisation } from '../../../../db/tables/organisation.js'
import { OrganisationForm } from '../../../issues/organisation.js'
import { DEFAULT_DESIGN } from '../../../rendering/designs.js'

const PREVIEW_LOOKS = ['light', 'dark'] as const

const Preview = z.object({
  preview_design: z.string().max(100).catch(DEFAULT_DESIGN),
  preview_look: z.enum(PREVIEW_LOOKS).catch('light'),
})

/** How the little newsletter beside the form is shown. */
export type BrandPreview = z.infer<typeof Preview>

/** The fields that change what the preview shows; they travel in its address. */
export const PREVIEWED = [
  'primary_colour',
  'accent_colour',
  'heading_font',
  'text_font',
  'logo_url',
  'logo_alt',
  'address',
  'reason',
  'copyright',
  'funding_statement',
  'emblem_url',
  'emblem_alt',
] as const

/** The brand as somebody is changing it: what is typed where it is valid, else what is saved. */
export function shownBrand(saved: Organisation, given: Readonly<Record<string, unknown>>): Organisation {
  const typed = PREVIEWED.flatMap((name) => {
    const parsed = OrganisationForm.shape[name].safeParse(given[name])
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : []
  })
  return { ...saved, ...Object.fromEntries(typed) }
}

/** How the preview is asked for. */
export function previewOf(given: unknown): BrandPreview {
  return Preview.parse(given ?? {})
}

/** The address of the preview of a brand. */
export function previewPath(brand: Organisation, preview: BrandPreview): string {
  const query = new URLSearchParams(PREVIEWED.map((name): [string, string] => [name, brand[name]]))
  for (const [name, value] of Object.entries(preview)) query.set(name, value)
  return `/settings/brand/preview?${query}`
}
