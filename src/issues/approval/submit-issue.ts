import { z } from 'zod'
import { type ApprovalInput, type SayNeeds, sayWord } from './say-word.js'

const NOTE_MAX = 2000

/** What may go with a word in an approval. */
export const NoteForm = z.object({
  note: z.string().trim().max(NOTE_MAX, 'Keep this below 2,000 characters.').default(''),
})

/** What has to go with the wish for changes. */
export const ChangesForm = z.object({
  note: NoteForm.shape.note.refine((note) => note !== '', 'Say what should change.'),
})

/** Asks the office to approve a draft as it is; throws as `sayWord` does. */
export async function submitIssue(ctx: SayNeeds, input: ApprovalInput): Promise<void> {
  await sayWord(ctx, 'submitted', input)
}
