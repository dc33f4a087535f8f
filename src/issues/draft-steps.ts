import type { Tx } from '../../db/database.js'
import type { DraftContent } from '../../db/tables/draft-step.js'
import { canonical } from './canonical.js'
import { issueWithBlocks } from './issue.js'

/** What is written without a pause longer than this is undone as one. */
const BURST_MS = 5000
const STEPS_KEPT = 100

/** Remembers what a draft is like before its first change; later calls change nothing. */
export async function keepFirstStep(tx: Tx, { issueId, now }: { issueId: string; now: Date }): Promise<void> {
  const { no, step } = await currentStep(tx, issueId)
  if (step) return
  const content = JSON.stringify(await draftContent(tx, issueId))
  await tx
    .insertInto('draft_step')
    .values({ issue_id: issueId, no, content, typing: null, made_at: now })
    .execute()
}

/** Remembers what a draft is like now, if that is news; what had been undone before can then no longer be redone. */
export async function keepStep(
  tx: Tx,
  { issueId, now, typing }: { issueId: string; now: Date; typing: string | null },
): Promise<void> {
  const { no, step } = await currentStep(tx, issueId)
  const content = await draftContent(tx, issueId)
  if (step && isSame(step.content, content)) return
  await tx.deleteFrom('draft_step').where('issue_id', '=', issueId).where('no', '>', no).execute()
  const isSameBurst =
    typing !== null && step?.typing === typing && now.getTime() - step.made_at.getTime() < BURST_MS
  if (isSameBurst) {
    const same = tx.updateTable('draft_step').set({ content: JSON.stringify(content) })
    await same.where('issue_id', '=', issueId).where('no', '=', no).execute()
    return
  }
  const next = { issue_id: issueId, no: no + 1, content: JSON.stringify(content), typing, made_at: now }
  await tx.insertInto('draft_step').values(next).execute()
  await tx.updateTable('issue').set({ draft_step: next.no }).where('id', '=', issueId).execute()
  const oldest = next.no - STEPS_KEPT
  await tx.deleteFrom('draft_step').where('issue_id', '=', issueId).where('no', '<=', oldest).execute()
}

async function currentStep(tx: Tx, issueId: string) {
  const { draft_step: no } = await tx
    .selectFrom('issue')
    .select('draft_step')
    .where('id', '=', issueId)
    .executeTakeFirstOrThrow()
  const step = await tx
    .selectFrom('draft_step')
    .selectAll()
    .where('issue_id', '=', issueId)
    .where('no', '=', no)
    .executeTakeFirst()
  return { no, step }
}

/** All of an issue that a composer can change. Throws `NotFoundError`. */
export async function draftContent(tx: Tx, issueId: string): Promise<DraftContent> {
  const issue = await issueWithBlocks({ db: tx }, issueId)
  const rules = issue.segments
    .map(({ segmentId, rule }) => ({ segmentId, rule }))
    .sort((a, b) => (a.segmentId < b.segmentId ? -1 : 1))
  const { title, subject, preheader, from_name, from_email, reply_to, language, language_place, design } =
    issue
  return {
    fields: {
      title,
      subject,
      preheader,
      from_name,
      from_email,
      reply_to,
      language,
      language_place,
      design,
    },
    listIds: [...issue.listIds].sort(),
    ...(rules.length > 0 ? { segments: rules } : {}),
    blocks: issue.blocks.map(({ id, kind, content }) => ({ id, kind, content })),
    ...(await draftTranslations(tx, issueId)),
  }
}

/** The further languages of a draft and all that is said in them. */
async function draftTranslations(
  tx: Tx,
  issueId: string,
): Promise<Pick<DraftContent, 'languages' | 'texts'>> {
  const languages = await tx
    .selectFrom('issue_language')
    .select(['language', 'subject', 'preheader'])
    .where('issue_id', '=', issueId)
    .orderBy('position')
    .execute()
  const texts = await tx
    .selectFrom('block_text')
    .innerJoin('block', 'block.id', 'block_text.block_id')
    .selectAll('block_text')
    .where('block.issue_id', '=', issueId)
    .orderBy('block_id')
    .orderBy('block_text.language')
    .execute()
  return { languages, texts }
}

// The database gives the keys of an object back in an order of its own.
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}
