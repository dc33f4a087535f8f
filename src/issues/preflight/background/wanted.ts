import { createHash } from 'node:crypto'
import type { BackgroundCheck } from '../../../../db/tables/background-check.js'
import type { Context } from '../../../context.js'
import type { CompiledEdition } from '../../../rendering/compile-edition.js'
import type { IssueContent } from '../../../rendering/issue-content.js'
import type { IssueWithBlocks } from '../../issue.js'
import { type AuthorText, bareFields } from '../author-texts.js'
import { canBeTried, type LinkUse, triedAddress } from '../links.js'
import { domainOf, isExampleDomain } from '../sender-domain/read-records.js'
import { LinkFacts } from './facts.js'

/** Something that an issue needs to be found out; what was found out for another `fingerprint` is out of date. */
export type Wanted = { kind: BackgroundCheck['kind']; subject: string; fingerprint: string }

const MINUTE_MS = 60_000
/** More than anybody puts into a newsletter. */
const MOST_LINKS = 300

/** For how long something found out holds, and how long it rests before it is found out anew for what has changed since. */
const PATIENCE: Readonly<Record<Wanted['kind'], { holdsMs(facts: unknown): number; restMs: number }>> = {
  link: {
    holdsMs: (facts) => (LinkFacts.safeParse(facts).data?.state === 'good' ? 24 * 60 : 30) * MINUTE_MS,
    restMs: 0,
  },
  audience: { holdsMs: () => 10 * MINUTE_MS, restMs: 5000 },
  // SpamAssassin costs seconds of a processor, and people write on and on.
  mail: { holdsMs: () => 7 * 24 * 60 * MINUTE_MS, restMs: 45_000 },
  domain: { holdsMs: () => 10 * MINUTE_MS, restMs: 0 },
}

/** In how many milliseconds something is to be found out (again); null: it is known well enough. */
export function dueIn(wanted: Wanted, known: BackgroundCheck | undefined, now: Date): number | null {
  if (!known) return 0
  const { holdsMs, restMs } = PATIENCE[wanted.kind]
  const age = now.getTime() - known.checked_at.getTime()
  if (known.fingerprint !== wanted.fingerprint) return Math.max(0, restMs - age)
  return age >= holdsMs(known.facts) ? 0 : null
}

/** What an issue is made of, as far as it matters here. */
export type WantedFor = {
  issue: IssueWithBlocks
  content: IssueContent
  edition: CompiledEdition
  texts: readonly AuthorText[]
  links: readonly LinkUse[]
}

/** Everything that an issue needs to be found out in the background. */
export function wantedBy(
  { config, dkim }: Pick<Context, 'config' | 'dkim'>,
  { issue, content, edition, texts, links }: WantedFor,
): Wanted[] {
  const wanted: Wanted[] = triedAddresses(links).map((subject) => ({
    kind: 'link',
    subject,
    fingerprint: '',
  }))
  const fields = emptiable(texts, content)
  if (issue.listIds.length > 0)
    wanted.push({
      kind: 'audience',
      subject: issue.id,
      fingerprint: digest([
        issue.listIds.toSorted(),
        fields,
        issue.segments.map(({ rule, tree }) => [rule, tree]),
      ]),
    })
  const { subject, preheader, html, text } = edition
  const sender = [issue.from_name, issue.from_email, issue.reply_to]
  wanted.push({
    kind: 'mail',
    subject: issue.id,
    fingerprint: digest([subject, preheader, html, text, sender]),
  })
  const domain = domainOf(issue.from_email)
  if (domain !== '' && !isExampleDomain(domain))
    wanted.push({
      kind: 'domain',
      subject: domain,
      fingerprint: digest([config.bounceDomain, dkim.get(domain)?.records ?? []]),
    })
  return wanted
}

/** The fields whose emptiness leaves a gap, in one order. */
export function emptiable(texts: readonly AuthorText[], content: Pick<IssueContent, 'fields'>): string[] {
  return [...new Set(bareFields(texts, content.fields).map(({ name }) => name))].toSorted()
}

function triedAddresses(links: readonly LinkUse[]): string[] {
  const addresses = links.filter(canBeTried).map(({ url }) => triedAddress(url))
  return [...new Set(addresses)].slice(0, MOST_LINKS)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
