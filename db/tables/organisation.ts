import type { Generated, Selectable } from 'kysely'

/** Who sends: one row, the defaults of every new issue and its footer. */
export type OrganisationTable = {
  id: number
  name: string
  address: string
  reason: string
  copyright: string
  funding_statement: string
  website: string
  from_name: string
  from_email: string
  reply_to: string | null
  primary_colour: string
  accent_colour: string
  /** Address of the picture, or ''. */
  logo_url: Generated<string>
  logo_alt: Generated<string>
  /** The funder's emblem, or ''. */
  emblem_url: Generated<string>
  emblem_alt: Generated<string>
  /** A font of src/rendering/fonts.ts, or `design`: what each design brings. */
  heading_font: Generated<string>
  text_font: Generated<string>
}

export type Organisation = Selectable<OrganisationTable>
