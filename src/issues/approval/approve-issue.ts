import { type ApprovalInput, type SayNeeds, sayWord } from './say-word.js'

/** Approves a submitted draft for exactly the content and audience it has; throws as `sayWord` does. */
export async function approveIssue(ctx: SayNeeds, input: ApprovalInput): Promise<void> {
  await sayWord(ctx, 'approved', input)
}
