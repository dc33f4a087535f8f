import { z } from 'zod'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { LanguageTag } from '../rendering/languages/language-tag.js'
import { changeDraft, type DraftVersion } from './change-draft.js'
import { checkDesign, holdDesign } from './designs.js'
import { issueWithBlocks } from './issue.js'
import { chooseSegments } from './issue-segments.js'
import { listsInUse } from './lists-in-use.js'
import { type Base, mergeChanges } from './merge-changes.js'

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Keep this below ${most} characters.`)
    .refine((value) => !/[\r\n\0]/.test(value), 'This must be a single line.')

/** An issue's own fields; permissive about what is still missing, strict about what would never be valid. */
export const IssueForm = z.object({
  title: line(200).min(1, 'Give the issue a title.'),
  subject: line(250),
  preheader: line(250),
  from_name: line(100),
  from_email: z.union([z.literal(''), z.email('Enter one complete e-mail address.').max(254)]),
  reply_to: z.preprocess(
    (value) => (value === '' ? null : value),
    z.email('Enter one complete e-mail address.').max(254).nullable().default(null),
  ),
  language: LanguageTag,
  /** Left out: as it is. */
  design: z.string().max(100).optional(),
  listIds: z.array(z.uuid()).max(100).default([]),
  /** Left out: as they are. */
  segments: z
    .array(z.object({ segmentId: z.uuid(), rule: z.enum(['only', 'not']) }))
    .max(20, 'Take at most 20 segments.')
    .optional(),
})

export type IssueInput = z.infer<typeof IssueForm>

/** The details of an issue as its form has them. */
export function issueDetails(issue: IssueInput & { design: string }): IssueInput {
  const { title, subject, preheader, from_name, from_email, reply_to, language, design, listIds, segments } =
    issue
  return {
    title,
    subject,
    preheader,
    from_name,
    from_email,
    reply_to,
    language,
    design,
    listIds: [...listIds].sort(),
    segments: inOrder(segments ?? []),
  }
}

function inOrder(segments: NonNullable<IssueInput['segments']>) {
  return segments
    .map(({ segmentId, rule }) => ({ segmentId, rule }))
    .sort((one, other) => (one.segmentId < other.segmentId ? -1 : 1))
}

/**
 * Saves an issue's subject, sender, language, design, lists and segments and returns the draft's new version. With a `base` only what was changed since
 * it is saved, also when others have changed the draft meanwhile. Throws `ConflictError`, with a `base` `ClashError` only when the same fields
 * were changed, or `InvalidError` for a design or a list that cannot be used.
 */
export async function reviseIssue(
  ctx: Pick<Context, 'db' | 'clock'>,
  draft: DraftVersion,
  input: IssueInput,
  base?: Base,
): Promise<number> {
  await checkDesign(ctx, input.design, await currentDesign(ctx, draft.issueId))
  return changeDraft(
    ctx,
    draft,
    async (tx) => {
      await holdDesign(tx, input.design)
      const { listIds, segments, design, ...fields } = base
        ? (mergeChanges({
            base,
            mine: {
              ...input,
              listIds: [...input.listIds].sort(),
              ...(input.segments ? { segments: inOrder(input.segments) } : {}),
            },
            current: issueDetails(await issueWithBlocks({ db: tx }, draft.issueId)),
          }) as IssueInput)
        : input
      await tx
        .updateTable('issue')
        .set({ ...fields, ...(design ? { design } : {}) })
        .where('id', '=', draft.issueId)
        .execute()
      await tx.deleteFrom('issue_list').where('issue_id', '=', draft.issueId).execute()
      const lists = await listsInUse(tx, listIds)
      if (lists.length < new Set(listIds).size)
        throw new InvalidError({ listIds: 'One of these lists is no longer in use.' })
      const rows = lists.map((list_id) => ({ issue_id: draft.issueId, list_id }))
      if (rows.length > 0) await tx.insertInto('issue_list').values(rows).execute()
      if (segments) await chooseSegments(tx, draft.issueId, segments)
    },
    { typing: 'details', ...(base ? { follows: async () => true } : {}) },
  )
}

// An issue keeps a template that is out of use now.
async function currentDesign({ db }: Pick<Context, 'db'>, id: string): Promise<string | undefined> {
  return (await db.selectFrom('issue').select('design').where('id', '=', id).executeTakeFirst())?.design
}
