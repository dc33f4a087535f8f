import { quoted, type Remark } from '../finding.js'
import type { LinkUse } from '../links.js'
import type { Check } from '../subject.js'

/** Words of a link that say nothing of where it leads, in English and the languages of the partners. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...['click here', 'click', 'here', 'link', 'this link', 'this', 'see here', 'go here'],
  ...['tästä', 'täältä', 'klikkaa tästä', 'klikkaa', 'linkki', 'tästä linkistä'],
  ...['clicca qui', 'qui', 'cliccando qui', 'questo link', 'clicca'],
  ...['klik hier', 'hier', 'klik', 'deze link'],
  ...['kliknite ovdje', 'klikni ovdje', 'ovdje', 'ovaj link', 'poveznica'],
  ...['click aici', 'clic aici', 'aici', 'apasă aici', 'acest link'],
  ...['spauskite čia', 'spausti čia', 'čia', 'paspauskite čia', 'nuoroda', 'ši nuoroda'],
])
const LONG_ADDRESS = 40

/** What links say: people who listen to a mail hear the links one by one. */
export const linkWords: Check = ({ links }) => links.flatMap(remarksOf)

function remarksOf({ says, url, blockId, field }: LinkUse): Remark[] {
  if (says === null) return []
  const place = { blockId, field }
  const words = says
    .toLowerCase()
    .replace(/[\s.…!:»>→]+$/u, '')
    .trim()
  if (says.trim() === '')
    return [
      {
        severity: 'error',
        ...place,
        message: `The link to ${quoted(url)} has no words: nobody can see or hear it. Write what it leads to, or take it out.`,
      },
    ]
  if (EMPTY_WORDS.has(words))
    return [
      {
        severity: 'warning',
        ...place,
        message: `${quoted(says)} does not say where the link leads. Use the words that do, such as “programme of the summer school”.`,
      },
    ]
  if (/^(https?:\/\/|www\.)/.test(words) && words.length > LONG_ADDRESS)
    return [
      {
        severity: 'warning',
        ...place,
        message: `A link shows its whole address, ${quoted(says)}. Write what it leads to: an address is read out letter by letter.`,
      },
    ]
  return []
}
