/** `changed`: works, but not quite as before; `untranslated`: stays visible as it was and needs a person. */
export type ImportSeverity = 'translated' | 'changed' | 'untranslated' | 'removed'

/** One thing the import did or could not do; line and column count from 1 in the source as it came. */
export type ImportEntry = {
  severity: ImportSeverity
  line: number
  column: number
  tag: string
  message: string
}

export type Dialect =
  | 'brevo'
  | 'mailchimp'
  | 'listmonk'
  | 'keila'
  | 'mailtrain'
  | 'plunk'
  | 'carillon'
  | 'none'

/** A foreign template in our words. `fields` are the keys of the contact that it uses. */
export type ImportedTemplate = {
  dialect: Dialect
  report: ImportEntry[]
  fields: string[]
} & ({ format: 'mjml'; mjml: string } | { format: 'html'; html: string })

/** Adds an entry for what stands at an offset of the source. */
export type Report = (severity: ImportSeverity, at: number, tag: string, message: string) => void
