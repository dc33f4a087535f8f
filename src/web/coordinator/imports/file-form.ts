import { z } from 'zod'
import { ENCODINGS } from '../../../audience/import/csv/encoding.js'
import type { FileChoices } from '../../../audience/import/file-choices.js'

export const STANDING_OPTIONS = [
  { value: 'subscribed', label: 'They agreed and want our mail' },
  { value: 'unsubscribed', label: 'They have left' },
  { value: 'bounced', label: 'Their addresses do not work: suppress them' },
  { value: 'blocklisted', label: 'They want no mail at all: suppress them' },
  { value: 'nonsubscribed', label: 'They never subscribed: refuse them' },
] as const

export const ENCODING_OPTIONS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Western Europe (Windows-1252)' },
  { value: 'windows-1250', label: 'Central Europe (Windows-1250)' },
  { value: 'windows-1257', label: 'Baltic (Windows-1257)' },
  { value: 'utf-16le', label: 'UTF-16' },
  { value: 'utf-16be', label: 'UTF-16, the other way round' },
] as const

const DELIMITERS = [
  { value: ',', label: 'Comma ,' },
  { value: ';', label: 'Semicolon ;' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar |' },
  { value: ':', label: 'Colon :' },
  { value: '^', label: 'Circumflex ^' },
  { value: '~', label: 'Tilde ~' },
]

/** What may separate cells; with what separates those of a file, whatever it is. */
export function delimiterOptions(found: string): { value: string; label: string }[] {
  const isKnown = DELIMITERS.some(({ value }) => value === found)
  return isKnown ? DELIMITERS : [...DELIMITERS, { value: found, label: found.trim() || 'As found' }]
}

const Standing = z.enum(STANDING_OPTIONS.map(({ value }) => value))
const Choice = z.object({
  standing: Standing.optional().catch(undefined),
  encoding: z.enum(ENCODINGS).optional().catch(undefined),
  delimiter: z.string().length(1).optional().catch(undefined),
})

/** What a form says of each of so many files; a form without boxes leaves all of them in. */
export function readFileChoices(body: Readonly<Record<string, unknown>>, files: number): FileChoices[] {
  const ticked = body['ticks'] === undefined ? null : [body['take']].flat()
  return Array.from({ length: files }, (_, at) => {
    const { standing, encoding, delimiter } = Choice.parse({
      standing: body[`standing:${at}`],
      encoding: body[`encoding:${at}`],
      delimiter: body[`delimiter:${at}`],
    })
    return {
      ...(standing ? { standing } : {}),
      ...(encoding ? { encoding } : {}),
      ...(delimiter ? { delimiter } : {}),
      ...(ticked ? { isTaken: ticked.includes(String(at)) } : {}),
    }
  })
}
