import type { OrganisationInput } from '../../issues/organisation.js'

/** The fictional sender of the sample issue. */
export const sampleOrganisation: OrganisationInput = {
  name: 'Makers’ Quarter',
  address: 'Makers’ Quarter, Harbour Road 7, Galway, Ireland',
  reason:
    'You get this mail because you asked for news from Makers’ Quarter, a project of five regions led by the Galway office.',
  copyright: '© 2026 Makers’ Quarter',
  funding_statement: 'Co-funded by the European Union through its interregional cooperation programme.',
  website: 'https://makers-quarter.example',
  from_name: 'Makers’ Quarter',
  from_email: 'news@makers-quarter.example',
  reply_to: 'office@makers-quarter.example',
  primary_colour: '#0f4c5c',
  accent_colour: '#c2570c',
}
