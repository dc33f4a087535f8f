import type { Context } from '../../../context.js'
import { issueWithBlocks } from '../../issue.js'
import { previewIssue } from '../../preview-issue.js'
import { authorTexts } from '../author-texts.js'
import { linksOf } from '../links.js'
import { askDomain } from '../sender-domain/ask-domain.js'
import { countAudience } from './count-audience.js'
import { rowFinder } from './known-facts.js'
import { remember, remembered } from './remember.js'
import { tryLink } from './try-link.js'
import { dueIn, emptiable, type Wanted, type WantedFor, wantedBy } from './wanted.js'
import { weighMail } from './weigh-mail.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'dkim' | 'dns' | 'web'>

/** Sites that are asked at once; one after the other at each of them. */
const SITES_AT_ONCE = 6

/**
 * Finds out in the background what an issue needs and is not known: tries its links, counts its audience, weighs its mail, asks for its
 * sender's domain. Throws `NotFoundError` for an issue that has been discarded.
 */
export async function findOut(ctx: Needs, issueId: string): Promise<void> {
  const issue = await issueWithBlocks(ctx, issueId)
  const preview = await previewIssue(ctx, issueId)
  const texts = authorTexts(preview.content)
  const made = { issue, content: preview.content, edition: preview.edition, texts, links: linksOf(texts) }
  const wanted = wantedBy(ctx, made)
  const rowOf = rowFinder(await remembered(ctx.db, wanted))
  const due = wanted.filter((one) => dueIn(one, rowOf(one), ctx.clock.now()) === 0)
  const others = due.filter(({ kind }) => kind !== 'link')
  await Promise.all([
    tryLinks(
      ctx,
      due.filter(({ kind }) => kind === 'link'),
    ),
    ...others.map(async (one) => remember(ctx, one, await foundOut(ctx, one, made))),
  ])
}

function foundOut(ctx: Needs, { kind, subject }: Wanted, made: WantedFor) {
  const { issue, content, edition, texts } = made
  switch (kind) {
    case 'link':
      return tryLink(ctx, subject)
    case 'audience':
      return countAudience(ctx.db, { issueId: subject, now: ctx.clock.now() }, emptiable(texts, content))
    case 'mail': {
      const { publicUrl } = ctx.config
      return weighMail({ issue, edition, date: content.date, publicUrl, now: ctx.clock.now() })
    }
    case 'domain':
      return askDomain(ctx.dns, {
        domain: subject,
        bounceDomain: ctx.config.bounceDomain,
        keys: ctx.dkim.get(subject)?.records ?? [],
      })
  }
}

async function tryLinks(ctx: Needs, wanted: readonly Wanted[]): Promise<void> {
  const bySite = new Map<string, Wanted[]>()
  for (const one of wanted) {
    const { host } = new URL(one.subject)
    bySite.set(host, [...(bySite.get(host) ?? []), one])
  }
  const sites = [...bySite.values()]
  const visit = async () => {
    for (let site = sites.shift(); site; site = sites.shift())
      for (const one of site) await remember(ctx, one, await tryLink(ctx, one.subject))
  }
  await Promise.all(Array.from({ length: SITES_AT_ONCE }, visit))
}
