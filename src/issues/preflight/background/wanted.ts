import { createHash } from 'node:crypto'
import type { BackgroundCheck } from '../../../../db/tables/background-check.js'
import type { Context } from '../../../context.js'
import type { IssueWithBlocks } from '../../issue.js'
import { bareFields } from '../author-texts.js'
import { canBeTried, type LinkUse, triedAddress } from '../links.js'
import type { ReadEdition } from '../read-edition.js'
import { domainOf, isExampleDomain } from '../sender-domain/read-records.js'
import { LinkFacts } from './facts.js'

/** Something that an issue needs to be found out; what was found out for another `fingerprint` is out of date. */
export type Wanted = {
  kind: BackgroundCheck['kind']
  subject: string
  fingerprint: string
  /** Of a mail: the language of its edition. */
  language?: string
}

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

/** An issue with all its editions, the one in the main language first. */
export type WantedFor = { issue: IssueWithBlocks; editions: readonly ReadEdition[] }

/** Everything that an issue needs to be found out in the background, for all its editions. */
export function wantedBy(
  { config, dkim }: Pick<Context, 'config' | 'dkim'>,
  { issue, editions }: WantedFor,
): Wanted[] {
  const wanted: Wanted[] = triedAddresses(editions.flatMap(({ links }) => links)).map((subject) => ({
    kind: 'link',
    subject,
    fingerprint: '',
  }))
  if (issue.listIds.length > 0)
    wanted.push({
      kind: 'audience',
      subject: issue.id,
      fingerprint: digest([
        issue.listIds.toSorted(),
        emptiable(editions),
        issue.segments.map(({ rule, tree }) => [rule, tree]),
      ]),
    })
  const sender = [issue.from_name, issue.from_email, issue.reply_to]
  for (const [at, { edition }] of editions.entries()) {
    const { language, subject, preheader, html, text } = edition
    wanted.push({
      kind: 'mail',
      subject: at === 0 ? issue.id : `${issue.id} ${language}`,
      fingerprint: digest([subject, preheader, html, text, sender]),
      language,
    })
  }
  const domain = domainOf(issue.from_email)
  if (domain !== '' && !isExampleDomain(domain))
    wanted.push({
      kind: 'domain',
      subject: domain,
      fingerprint: digest([config.bounceDomain, dkim.get(domain)?.records ?? []]),
    })
  return wanted
}

/** The fields whose emptiness leaves a gap in one of the editions, in one order. */
export function emptiable(editions: readonly ReadEdition[]): string[] {
  const names = editions.flatMap(({ texts, content }) =>
    bareFields(texts, content.fields).map(({ name }) => name),
  )
  return [...new Set(names)].toSorted()
}

function triedAddresses(links: readonly LinkUse[]): string[] {
  const addresses = links.filter(canBeTried).map(({ url }) => triedAddress(url))
  return [...new Set(addresses)].slice(0, MOST_LINKS)
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
