import { z } from 'zod'

/** What came of trying a link. `doubtful`: the site let us down or keeps programs out; a person may well get through. */
export const LinkFacts = z.object({
  state: z.enum(['good', 'dead', 'doubtful']),
  /** A sentence for people; '' for a good one. */
  says: z.string(),
})

/** Who is on the lists, and for how many of the recipients a field is empty. */
export const AudienceFacts = z.object({
  onLists: z.int(),
  duplicates: z.int(),
  unconfirmed: z.int(),
  suppressed: z.int(),
  recipients: z.int(),
  empty: z.record(z.string(), z.int()),
})

/** The whole mail as it goes over the wire; `spam` is null where SpamAssassin is not installed. */
export const MailFacts = z.object({
  bytes: z.int(),
  spam: z
    .object({
      score: z.number(),
      required: z.number(),
      rules: z.array(z.object({ name: z.string(), points: z.number(), says: z.string() })),
    })
    .nullable(),
})

/** What the DNS says of a sender domain; `trouble` when it could not be asked. */
export const DomainFacts = z.object({
  trouble: z.string().nullable(),
  spf: z.object({ domain: z.string(), records: z.array(z.string()), lookups: z.int() }),
  /** The record that holds for the domain (RFC 9989: its own, else that of a domain above it). */
  dmarc: z.object({ name: z.string(), records: z.array(z.string()) }).nullable(),
  /** The organizational domain by the tree walk of RFC 9989; the domain itself when nothing is published. */
  organization: z.string(),
  /** Our own signing keys, with what stands in the DNS at their names. */
  dkim: z.array(z.object({ name: z.string(), expected: z.string(), found: z.array(z.string()) })),
  /** Whether mail to the sender's domain, and to the domain of the return path, has somewhere to go. */
  takesMail: z.boolean(),
  bouncesArrive: z.boolean(),
})

export type LinkFacts = z.infer<typeof LinkFacts>
export type AudienceFacts = z.infer<typeof AudienceFacts>
export type MailFacts = z.infer<typeof MailFacts>
export type DomainFacts = z.infer<typeof DomainFacts>

/** Something found out in the background, and when. */
export type Known<F> = { facts: F; checkedAt: Date; isOutdated: boolean }

/** What is known so far; null or missing: not found out yet. */
export type KnownFacts = {
  /** By the address that was tried. */
  links: ReadonlyMap<string, Known<LinkFacts>>
  audience: Known<AudienceFacts> | null
  /** Of the edition that is looked at, where it is one. */
  mail: Known<MailFacts> | null
  /** Of all editions, in their order. */
  mails: readonly { language: string; known: Known<MailFacts> | null }[]
  domain: Known<DomainFacts> | null
}
