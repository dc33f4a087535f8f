import type { Context } from '../../../context.js'
import { issueWithBlocks } from '../../issue.js'
import { previewIssue } from '../../preview-issue.js'
import { readEdition } from '../read-edition.js'
import { askDomain } from '../sender-domain/ask-domain.js'
import { countAudience } from './count-audience.js'
import { rowFinder } from './known-facts.js'
import { remember, remembered } from './remember.js'
import { type TriedLink, tryLink } from './try-link.js'
import { dueIn, emptiable, type Wanted, type WantedFor, wantedBy } from './wanted.js'
import { weighMail } from './weigh-mail.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'dkim' | 'dns' | 'web'>

/** How much of the queue's time one turn may take, and how long a site may let us wait; left out: what is usual. */
type Patience = { turnMs?: number; timeoutMs?: number }

/** Sites that are asked at once; one after the other at each of them. */
const SITES_AT_ONCE = 6
/** Other issues, and the feeds, wait for the same workers. */
const TURN_MS = 60_000

/**
 * Finds out in the background what an issue needs and is not known: tries its links, counts its audience, weighs its mail in every language,
 * asks for its sender's domain. Begins nothing new once the turn is over; returns how much is left for another one. Throws `NotFoundError`
 * for an issue that has been discarded.
 */
export async function findOut(
  ctx: Needs,
  issueId: string,
  { turnMs = TURN_MS, ...patience }: Patience = {},
): Promise<number> {
  const endsAt = performance.now() + turnMs
  const issue = await issueWithBlocks(ctx, issueId)
  const preview = await previewIssue(ctx, issueId)
  const made = { issue, editions: preview.editions.map(readEdition) }
  const wanted = wantedBy(ctx, made)
  const rowOf = rowFinder(await remembered(ctx.db, wanted))
  const due = wanted.filter((one) => dueIn(one, rowOf(one), ctx.clock.now()) === 0)
  const of = (...kinds: Wanted['kind'][]) => due.filter(({ kind }) => kinds.includes(kind))
  const turn = { ...patience, isOver: () => performance.now() > endsAt }
  const left = await Promise.all([
    tryLinks(ctx, of('link'), turn),
    weighMails(ctx, of('mail'), { made, turn }),
    ...of('audience').map(async (one) => {
      await remember(
        ctx,
        one,
        await countAudience(ctx.db, { issueId: one.subject, now: ctx.clock.now() }, emptiable(made.editions)),
      )
    }),
    ...of('domain').map(async (one) => {
      await remember(ctx, one, await domainFacts(ctx, one.subject))
    }),
  ])
  return left.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

type Turn = { timeoutMs?: number; isOver(): boolean }

function domainFacts({ dns, dkim, config }: Needs, domain: string) {
  const keys = dkim.get(domain)?.records ?? []
  return askDomain(dns, { domain, bounceDomain: config.bounceDomain, keys })
}

/** One after the other: each takes seconds of a processor. */
async function weighMails(
  ctx: Needs,
  wanted: readonly Wanted[],
  { made, turn }: { made: WantedFor; turn: Turn },
): Promise<number> {
  const { publicUrl } = ctx.config
  for (const [at, one] of wanted.entries()) {
    if (at > 0 && turn.isOver()) return wanted.length - at
    const weighed = made.editions.find(({ edition }) => edition.language === one.language)
    if (!weighed) continue
    const { edition, content } = weighed
    const mail = { issue: made.issue, edition, date: content.date, publicUrl, now: ctx.clock.now() }
    await remember(ctx, one, await weighMail(mail))
  }
  return 0
}

const HANGS: TriedLink = {
  facts: {
    state: 'doubtful',
    says: 'The site took too long to answer another link, so this one was not tried.',
  },
  isLate: true,
}

/** Tries links site by site; who lets us wait once is not asked for the others. Returns how many there was no time for. */
async function tryLinks(ctx: Needs, wanted: readonly Wanted[], { isOver, ...patience }: Turn) {
  const bySite = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const { host } = new URL(one.subject)
    bySite.set(host, [...(bySite.get(host) ?? []), one])
  }
  const sites = [...bySite.values()]
  let left = 0
  const visit = async () => {
    for (let site = sites.shift(); site; site = sites.shift()) {
      let isHanging = false
      for (const one of site) {
        if (!isHanging && isOver()) {
          left++
          continue
        }
        const tried: TriedLink = isHanging ? HANGS : await tryLink(ctx, one.subject, patience)
        isHanging = tried.isLate
        await remember(ctx, one, tried.facts)
      }
    }
  }
  await Promise.all(Array.from({ length: SITES_AT_ONCE }, visit))
  return left
}
