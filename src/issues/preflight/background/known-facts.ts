import type { z } from 'zod'
import type { BackgroundCheck } from '../../../../db/tables/background-check.js'
import { AudienceFacts, DomainFacts, type Known, type KnownFacts, LinkFacts, MailFacts } from './facts.js'
import type { Wanted } from './wanted.js'

/** Nothing has been found out. */
export const NOTHING_KNOWN: KnownFacts = {
  links: new Map(),
  audience: null,
  mail: null,
  mails: [],
  domain: null,
}

/** What the remembered rows say of what is wanted; a row that an older program wrote in another shape counts as missing. */
export function knownFacts(wanted: readonly Wanted[], rows: readonly BackgroundCheck[]): KnownFacts {
  const rowOf = rowFinder(rows)
  const of = (kind: Wanted['kind']) => wanted.filter((one) => one.kind === kind)
  const one = <F>(kind: Wanted['kind'], schema: z.ZodType<F>): Known<F> | null => {
    const [asked] = of(kind)
    return asked ? known(asked, rowOf(asked), schema) : null
  }
  const links = of('link').flatMap((asked): [string, Known<LinkFacts>][] => {
    const found = known(asked, rowOf(asked), LinkFacts)
    return found ? [[asked.subject, found]] : []
  })
  const mails = of('mail').map((asked) => ({
    language: asked.language ?? '',
    known: known(asked, rowOf(asked), MailFacts),
  }))
  return {
    links: new Map(links),
    audience: one('audience', AudienceFacts),
    mail: mails[0]?.known ?? null,
    mails,
    domain: one('domain', DomainFacts),
  }
}

/** What is known of one edition, by its place among all of an issue. */
export function inEdition(facts: KnownFacts, at: number): KnownFacts {
  return { ...facts, mail: facts.mails[at]?.known ?? null }
}

/** Finds the row of something wanted. */
export function rowFinder(rows: readonly BackgroundCheck[]) {
  const byKey = new Map(rows.map((row) => [`${row.kind} ${row.subject}`, row]))
  return ({ kind, subject }: Wanted): BackgroundCheck | undefined => byKey.get(`${kind} ${subject}`)
}

function known<F>(asked: Wanted, row: BackgroundCheck | undefined, schema: z.ZodType<F>): Known<F> | null {
  const facts = row && schema.safeParse(row.facts)
  if (!row || !facts?.success) return null
  return { facts: facts.data, checkedAt: row.checked_at, isOutdated: row.fingerprint !== asked.fingerprint }
}
