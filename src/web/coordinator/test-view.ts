import type { Response } from 'express'
import type { Context } from '../../context.js'
import type { TestResult } from '../../delivery/send-test.js'
import { lastTestChoice, type TestChoice } from '../../delivery/test-groups/test-choice.js'
import { testGroups } from '../../delivery/test-groups/test-groups.js'
import type { Outcome } from '../../smtp/mailer.js'
import { accountOf } from '../middleware/sessions.js'

/** What a test send leaves to be shown: what was chosen, and what came of it or what was wrong. */
export type TestAnswer = {
  choice: TestChoice
  /** The reader as whom it was written, as typed. */
  reader: string
  results?: readonly TestResult[]
  errors?: Readonly<Record<string, string>>
}

/** The form for test sends: with what was just chosen, or chosen last, or one's own address. */
export async function testView(
  ctx: Pick<Context, 'db'>,
  res: Response,
  { chosen, answer }: { chosen: { email: string } | null; answer: TestAnswer | undefined },
) {
  const { id, email } = accountOf(res)
  const [groups, last] = await Promise.all([testGroups(ctx), lastTestChoice(ctx, id)])
  const choice = answer?.choice ?? last ?? { addresses: email, groupIds: [] }
  return {
    to: choice.addresses,
    groups: groups.map((group) => ({
      id: group.id,
      name: group.name,
      size: group.addresses.length,
      isTicked: choice.groupIds.includes(group.id),
    })),
    reader: answer?.reader ?? chosen?.email ?? '',
    errors: answer?.errors ?? {},
    results: answer?.results?.map(resultInWords) ?? null,
  }
}

function resultInWords(result: TestResult) {
  if ('refused' in result) return { to: result.to, isGood: false, text: result.refused }
  return { to: result.to, isGood: result.outcome.kind === 'accepted', text: inWords(result.outcome) }
}

function inWords({ kind, reply }: Outcome): string {
  if (kind === 'accepted') return 'the mail server took it.'
  const word = kind === 'unavailable' ? 'the mail server could not be reached' : `the mail was ${kind}`
  return `${word}: ${reply.text}`
}
