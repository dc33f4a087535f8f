import { z } from 'zod'
import type { DatabaseOrTx } from '../../db/database.js'
import type { Organisation } from '../../db/tables/organisation.js'
import type { Context } from '../context.js'
import { FONT_CHOICES } from '../rendering/fonts.js'
import { HOUSE_COLOURS } from '../rendering/palette.js'

const line = (most: number) => z.string().trim().max(most, `Keep this below ${most} characters.`)
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'Use a colour such as #0f4c5c.')
const webAddress = line(2000).refine(
  (url) => url === '' || /^https?:\/\/[^\s]+$/i.test(url),
  'Pictures have an address that starts with https:// or http://.',
)
const address = z.email('Enter one complete e-mail address.').max(254)

/** The facts about the sender that every new issue starts from. */
export const OrganisationForm = z.object({
  name: line(200).min(1, 'Name the organisation that sends.'),
  address: line(300).min(1, 'Readers must be able to see a postal address.'),
  reason: line(500).min(1, 'Say why people get this mail.'),
  copyright: line(300),
  funding_statement: line(500),
  website: line(500),
  from_name: line(100).min(1, 'Name the sender.'),
  from_email: address,
  reply_to: z.preprocess((value) => (value === '' ? null : value), address.nullable().default(null)),
  primary_colour: colour,
  accent_colour: colour,
  logo_url: webAddress.optional(),
  logo_alt: line(500).optional(),
  emblem_url: webAddress.optional(),
  emblem_alt: line(500).optional(),
  heading_font: z.enum(FONT_CHOICES).optional(),
  text_font: z.enum(FONT_CHOICES).optional(),
})

const BRAND = {
  address: true,
  reason: true,
  copyright: true,
  funding_statement: true,
  primary_colour: true,
  accent_colour: true,
  logo_url: true,
  logo_alt: true,
  emblem_url: true,
  emblem_alt: true,
  heading_font: true,
  text_font: true,
} as const

/** Who sends: the part about the sender. */
export const SenderForm = OrganisationForm.omit(BRAND)
/** The part about what mails look like and what their footer says. */
export const BrandForm = OrganisationForm.pick(BRAND).superRefine((brand, found) => {
  const undescribed = (['logo', 'emblem'] as const).filter(
    (name) => brand[`${name}_url`] && !brand[`${name}_alt`],
  )
  for (const name of undescribed)
    found.addIssue({
      code: 'custom',
      path: [`${name}_alt`],
      message: 'Say what the picture shows, for people who do not see it.',
    })
})

export type OrganisationInput = z.infer<typeof OrganisationForm>

const UNSET: Organisation = {
  id: 1,
  name: '',
  address: '',
  reason: '',
  copyright: '',
  funding_statement: '',
  website: '',
  from_name: '',
  from_email: '',
  reply_to: null,
  primary_colour: HOUSE_COLOURS.primary,
  accent_colour: HOUSE_COLOURS.accent,
  logo_url: '',
  logo_alt: '',
  emblem_url: '',
  emblem_alt: '',
  heading_font: 'design',
  text_font: 'design',
}

/** The organisation's settings; empty texts and the house colours until somebody saves them. */
export async function organisation({ db }: { db: DatabaseOrTx }): Promise<Organisation> {
  const saved = await db.selectFrom('organisation').selectAll().where('id', '=', 1).executeTakeFirst()
  return saved ?? UNSET
}

/** Saves what is given of the organisation's settings; issues that exist keep the texts they have. */
export async function saveOrganisation(
  { db }: Pick<Context, 'db'>,
  input: Partial<OrganisationInput>,
): Promise<void> {
  await db
    .insertInto('organisation')
    .values({ ...UNSET, ...input })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(input))
    .execute()
}
