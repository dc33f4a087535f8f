import { z } from 'zod'
import type { BulkActRow } from '../../../db/tables/bulk-act.js'
import type { Job } from '../../queues/job.js'
import { SegmentTree } from '../segments/segment-tree.js'

const Note = z.string().trim().max(500, 'Keep this below 500 characters.')

/** What can be done to many subscribers at once. */
export const BulkWhat = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add-to-list'),
    listId: z.uuid('Choose a list.'),
    note: Note.min(1, 'Say where these people agreed to get mail.'),
  }),
  z.object({ kind: z.literal('remove-from-list'), listId: z.uuid('Choose a list.') }),
  z.object({
    kind: z.literal('set-field'),
    key: z.string().min(1, 'Choose a field.').max(40),
    value: z.string().max(500),
  }),
  z.object({ kind: z.literal('suppress'), note: Note }),
])
export type BulkWhat = z.infer<typeof BulkWhat>

/** To whom: ticked people, or everybody whom a search finds, with the conditions of its segment as they were then. */
export const BulkScope = z.union([
  z.object({ ids: z.array(z.uuid()).min(1).max(1000) }),
  z.object({
    search: z.string().max(300).default(''),
    listId: z.uuid().optional(),
    status: z.enum(['pending', 'confirmed', 'unsubscribed']).optional(),
    tree: SegmentTree.optional(),
  }),
])
export type BulkScope = z.infer<typeof BulkScope>

export type BulkAct = Omit<BulkActRow, 'what' | 'scope'> & { what: BulkWhat; scope: BulkScope | null }

/** Reads an act as it is kept. */
export function readBulkAct(row: BulkActRow): BulkAct {
  const scope = row.scope === null ? null : BulkScope.parse(row.scope)
  return { ...row, what: BulkWhat.parse(row.what), scope }
}

/** Whether an act can be taken back: whom we took off a list, only they themselves bring back. */
export function canBeUndone({
  what,
  status,
  changed,
}: Pick<BulkAct, 'what' | 'status' | 'changed'>): boolean {
  return status === 'done' && what.kind !== 'remove-from-list' && changed > 0
}

/** Goes on with an act on many subscribers, or with taking it back. */
export const bulkActJob: Job<{ actId: string }> = {
  queue: 'feeds',
  name: 'bulk-act',
  payload: z.object({ actId: z.uuid() }),
  id: ({ actId }) => `bulk-act-${actId}`,
  attempts: 5,
  backoffMs: 2000,
}
