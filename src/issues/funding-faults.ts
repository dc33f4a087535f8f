import type { Organisation } from '../../db/tables/organisation.js'
import type { Picture } from '../../db/tables/picture.js'
import { hasFundingWords } from '../rendering/funding-words.js'

/** How wide mails show the funder's emblem; the logo is narrower in every design, so that no other emblem is bigger. */
const EMBLEM_WIDTH_PX = 150
/** One centimetre at 96 pixels an inch (the Commission's guide to its emblem). */
const EMBLEM_MIN_HEIGHT_PX = 38

type Funding = Pick<Organisation, 'emblem_url' | 'funding_statement'>

/** What the rules for EU funding still ask for (Regulation (EU) 2021/1060, Annex IX); `emblem` is its picture, where it is one of the library. */
export function fundingFaults(
  { emblem_url: url, funding_statement: statement }: Funding,
  emblem: Pick<Picture, 'width' | 'height'> | undefined,
): string[] {
  if (!url) return []
  const faults: string[] = []
  if (!statement) faults.push('The emblem needs its statement in words, since many readers see no pictures.')
  else if (!hasFundingWords(statement))
    faults.push(
      'Beside its emblem the European Union asks for the words “Co-funded by the European Union”, written out.',
    )
  const height = emblem ? Math.round((EMBLEM_WIDTH_PX * emblem.height) / emblem.width) : EMBLEM_MIN_HEIGHT_PX
  if (height < EMBLEM_MIN_HEIGHT_PX)
    faults.push(
      `This emblem is so wide that it would be ${height} px high; at least ${EMBLEM_MIN_HEIGHT_PX} px (1 cm) are needed. Choose one that is less wide.`,
    )
  return faults
}
