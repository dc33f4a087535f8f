import type { Selectable } from 'kysely'

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
}

export type Organisation = Selectable<OrganisationTable>
