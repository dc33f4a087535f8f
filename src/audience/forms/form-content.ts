import { z } from 'zod'
import { FORM_LANGUAGES } from '../../rendering/messages/forms.js'
import { FormLook } from './form-look.js'

const words = (most: number) =>
  z.string().trim().normalize('NFC').max(most, `Keep this below ${most} characters.`).default('')

const FormTexts = z.object({
  title: words(200),
  intro: words(2000),
  consent: words(2000),
  button: words(60),
  success: words(2000),
})

// Shown to everybody after signing up, so nobody may smuggle in a script, a password or a plain connection.
const Redirect = z
  .string()
  .trim()
  .max(2000, 'Keep this below 2,000 characters.')
  .refine((text) => text === '' || isSafeAddress(text), 'Write an address that starts with https://.')
  .transform((text) => (text === '' ? '' : new URL(text).href))

const Origin = z
  .string()
  .refine((text) => isOrigin(text), 'Write one site a line, such as https://www.example.org.')
  .transform((text) => new URL(text).origin)

/** What a form asks and says: one version of it, kept as it is for ever. */
export const FormContent = z.object({
  /** Which lists one joins; null: every public one. */
  listIds: z.array(z.uuid()).max(50, 'Choose at most 50 lists.').nullable(),
  /** Whether readers choose among the lists; else they join all of them. */
  offersChoice: z.boolean(),
  fields: z.array(z.object({ key: z.string(), isRequired: z.boolean() })).max(50),
  asksLanguage: z.boolean(),
  /** The first is for whoever reads none of them. */
  languages: z.array(z.enum(FORM_LANGUAGES)).min(1, 'Choose at least one language.'),
  /** Where a text is empty, the catalogue's own is shown. */
  texts: z.partialRecord(z.enum(FORM_LANGUAGES), FormTexts),
  /** What people agreed to in each language in full, also where `texts` leaves it to the usual words; kept when the version is made. */
  consents: z.partialRecord(z.enum(FORM_LANGUAGES), z.string()).default({}),
  look: FormLook.prefault({}),
  /** Where people go after signing up; empty: to our own page. */
  redirectUrl: Redirect,
  /** The sites whose scripts may use the endpoint; empty: any. */
  origins: z.array(Origin).max(50, 'Name at most 50 sites.'),
})

export type FormContent = z.output<typeof FormContent>
export type FormInput = z.input<typeof FormContent>
export type FormTexts = z.output<typeof FormTexts>

function isSafeAddress(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && /^https?:\/\/[^/@?#]+\/?$/.test(text)
}
