import { sql } from 'kysely'
import type { Context } from '../../context.js'
import type { CompiledEdition } from '../../rendering/compile-edition.js'
import { firstPicture } from './first-picture.js'
import { freeSlug } from './free-slug.js'
import { publicByLists } from './public-by-lists.js'
import { type FrozenEdition, publicForm } from './public-form.js'
import { summaryOf } from './summary-of.js'

type Needs = Pick<Context, 'db' | 'config' | 'log'>

/** What one turn does at most; the next one is seconds away. */
const AT_ONCE = 50

/**
 * Gives issues that have begun to leave their address in the archive, settles whether everybody may read them, and reads what lists and
 * feeds say of their editions. Does each once, and nothing for the others.
 */
export async function publishIssues(ctx: Needs): Promise<void> {
  const issues = await ctx.db
    .selectFrom('issue')
    .select(['id', 'title', 'released_at'])
    .where('released_at', 'is not', null)
    .where('slug', 'is', null)
    .orderBy('released_at')
    .limit(AT_ONCE)
    .execute()
  for (const issue of issues) await giveAddress(ctx, issue)
  const editions = await ctx.db
    .selectFrom('edition')
    .innerJoin('issue', 'issue.id', 'edition.issue_id')
    .select(['edition.id', 'compiled', 'title', 'send_at', 'send_zone', 'own_time'])
    .where('headline', 'is', null)
    .where('released_at', 'is not', null)
    .limit(AT_ONCE)
    .execute()
  for (const edition of editions) await readEdition(ctx, edition)
}

async function giveAddress(
  { db }: Needs,
  { id, title, released_at }: { id: string; title: string; released_at: Date | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const slug = await freeSlug(tx, title, released_at ?? new Date(0))
    await tx
      .updateTable('issue')
      .set({ slug, is_public: sql<boolean>`coalesce(is_public, ${publicByLists(sql.ref('issue.id'))})` })
      .where('id', '=', id)
      .where('slug', 'is', null)
      .execute()
  })
}

type Unread = Omit<FrozenEdition, 'edition'> & { id: string; compiled: unknown }

async function readEdition(ctx: Needs, { id, compiled, ...issue }: Unread): Promise<void> {
  const facts = await factsOf(ctx, { ...issue, edition: compiled as CompiledEdition }).catch(
    (error: Error) => {
      ctx.log.warn({ reason: error.message }, 'an edition cannot be shown in the archive')
      return CANNOT_BE_SHOWN
    },
  )
  await ctx.db.updateTable('edition').set(facts).where('id', '=', id).where('headline', 'is', null).execute()
}

const CANNOT_BE_SHOWN = { headline: '', summary: '', words: '', picture: null }

async function factsOf(ctx: Needs, frozen: FrozenEdition) {
  const { subject, preheader, html, text } = publicForm(frozen)
  const headline = subject || frozen.title
  const summary = preheader || summaryOf(text)
  const words = `${headline}\n${preheader}\n${text}`.toLowerCase()
  const picture = await firstPicture(ctx, html)
  return {
    headline,
    summary,
    words: words.replaceAll('\0', ' '),
    picture: picture && JSON.stringify(picture),
  }
}
