import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import { checkDesign, holdDesign } from './designs.js'
import { insertBlocks } from './insert-blocks.js'
import { organisation } from './organisation.js'
import { startingBlocks } from './starting-blocks.js'

export type NewIssue = {
  title: string
  /** Left out: the title. */
  subject?: string
  language?: string
  /** None: the project newsletter. */
  design?: string | undefined
  accountId: string | null
  plannedOn?: string
}

/** Starts a draft with the organisation's sender and the blocks that suit its design, and returns its id; throws `InvalidError` for a design that does not exist. */
export async function createIssue(ctx: Pick<Context, 'db' | 'clock'>, input: NewIssue): Promise<string> {
  await checkDesign(ctx, input.design)
  const now = ctx.clock.now()
  const id = newId(now)
  const sender = await organisation(ctx)
  await ctx.db.transaction().execute(async (tx) => {
    await holdDesign(tx, input.design)
    await tx
      .insertInto('issue')
      .values({
        id,
        status: 'draft',
        title: input.title,
        subject: input.subject ?? input.title,
        from_name: sender.from_name,
        from_email: sender.from_email,
        reply_to: sender.reply_to,
        ...(input.language ? { language: input.language } : {}),
        ...(input.design ? { design: input.design } : {}),
        planned_on: input.plannedOn ?? null,
        created_by: input.accountId,
        created_at: now,
        updated_at: now,
      })
      .execute()
    await insertBlocks(tx, { issueId: id, now }, startingBlocks(sender, input.design))
  })
  return id
}
