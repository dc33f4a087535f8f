import { type ApprovalInput, type SayNeeds, sayWord } from './say-word.js'

/** Sends a submitted draft back with a note, or takes an approval away; throws as `sayWord` does. */
export async function askForChanges(ctx: SayNeeds, input: ApprovalInput): Promise<void> {
  await sayWord(ctx, 'asked', input)
}
