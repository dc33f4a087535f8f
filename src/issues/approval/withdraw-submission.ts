import { type ApprovalInput, type SayNeeds, sayWord } from './say-word.js'

/** Takes back that a draft was submitted, while nobody has said anything; throws as `sayWord` does. */
export async function withdrawSubmission(ctx: SayNeeds, input: ApprovalInput): Promise<void> {
  await sayWord(ctx, 'withdrawn', input)
}
