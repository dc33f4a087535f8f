import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseAddress } from '../../audience/address.js'
import { subscriberCalled } from '../../audience/subscriber-called.js'
import type { Context } from '../../context.js'
import { sendTests } from '../../delivery/send-test.js'
import { keepTestChoice, type TestChoice } from '../../delivery/test-groups/test-choice.js'
import { testRecipients } from '../../delivery/test-groups/test-recipients.js'
import { InvalidError } from '../../errors.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { createRateLimiter, type RateLimiter } from '../middleware/limit-rate.js'
import { accountOf } from '../middleware/sessions.js'
import { tickedLists } from '../ticked-lists.js'
import { issueIdOf } from './composer/blocks.js'
import { composerState } from './composer/composer-state.js'
import { knownReader } from './composer/preview-view.js'
import { renderIssue } from './issue-page.js'
import type { TestAnswer } from './test-view.js'

type Limits = { byAccount: RateLimiter; byAddress: RateLimiter }

// Enough to try an issue out for an afternoon, too little to annoy anybody with it.
const PER_ACCOUNT = { name: 'test-by', attempts: 120, seconds: 3600 }
const PER_ADDRESS = { name: 'test-to', attempts: 20, seconds: 3600 }

/** `/issues/:issueId/test-sends`: POST sends the issue to some addresses and groups, as one reader, marked as a test. */
export function testSendRoutes(ctx: Context): Router {
  const limits = {
    byAccount: createRateLimiter(ctx, PER_ACCOUNT),
    byAddress: createRateLimiter(ctx, PER_ADDRESS),
  }
  const router = Router({ mergeParams: true })
  router.post('/', (req, res) => test(ctx, limits, { req, res }))
  return router
}

const Typed = z.object({
  to: z.string().max(5000).catch(''),
  groups: tickedLists.catch([]),
  /** Left out, the reader of the preview is meant. */
  reader: z.string().trim().max(254).optional().catch(''),
})

async function test(ctx: Context, limits: Limits, { req, res }: { req: Request; res: Response }) {
  const issueId = issueIdOf(req)
  const state = composerState(req)
  const by = accountOf(res).id
  const typed = Typed.parse(req.body ?? {})
  const choice: TestChoice = { addresses: typed.to.trim(), groupIds: typed.groups }
  const reader = typed.reader ?? (await knownReader(ctx, state.as))?.email ?? ''
  const answer = await answerTo(async () => {
    await issueWithBlocks(ctx, issueId)
    const to = await testRecipients(ctx, choice)
    const as = await readerCalled(ctx, reader)
    const results = await sendTests(ctx, { issueId, to, as, by, limit: limitFor(limits, by) })
    await keepTestChoice(ctx, by, choice)
    return { results }
  })
  const isGood = answer.results?.every((result) => 'outcome' in result && result.outcome.kind === 'accepted')
  await renderIssue(ctx, res.status(isGood ? 200 : 422), issueId, {
    state,
    test: { choice, reader, ...answer },
  })
}

async function answerTo(
  send: () => Promise<Pick<TestAnswer, 'results'>>,
): Promise<Pick<TestAnswer, 'results' | 'errors'>> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    return { errors: error.issues }
  }
}

async function readerCalled(ctx: Pick<Context, 'db'>, email: string): Promise<string | null> {
  if (email === '') return null
  const id = await subscriberCalled(ctx, email)
  if (!id) throw new InvalidError({ reader: 'No subscriber has this address.' })
  return id
}

function limitFor({ byAccount, byAddress }: Limits, account: string) {
  return async (address: string): Promise<string | null> => {
    const mine = await byAccount.take(account)
    if (mine !== null)
      return `not sent: you have sent ${PER_ACCOUNT.attempts} tests within an hour. ${again(mine)}`
    const parsed = parseAddress(address)
    const theirs = await byAddress.take('key' in parsed ? parsed.key : address)
    if (theirs === null) return null
    return `not sent: this address has got ${PER_ADDRESS.attempts} tests within an hour. ${again(theirs)}`
  }
}

function again(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
