import { pauseIssue } from '../../src/delivery/pause-issue.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { resumeIssue } from '../../src/delivery/resume-issue.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { endingAll } from '../helpers/ending-all.js'
import { createAudience, createDraft } from './audience.js'
import { readOptions } from './options.js'
import { openParts } from './parts.js'

const SMALL = 50
const POLL_MS = 20

const options = readOptions(process.argv.slice(2))
const closers: (() => Promise<unknown>)[] = []
await endingAll(closers, async () => {
  const { ctx } = await openParts(options, closers)
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  const accepted = async (issueId: string) => (await progress(ctx.db, issueId)).accepted
  const release = async (name: string, readers: number) => {
    const listId = await createAudience(ctx, name, readers)
    const draft = await createDraft(ctx, listId, options.kilobytes * 1024)
    return async () => {
      await scheduleIssue(ctx, draft, null)
      await releaseDueIssues(ctx)
      return draft.issueId
    }
  }
  const releaseSmall = await release('small', SMALL)
  const large = await (await release('large', options.recipients))()
  while ((await accepted(large)) < options.recipients / 20) await wait(POLL_MS)

  const small = await releaseSmall()
  const smallFrom = performance.now()
  while ((await accepted(small)) < SMALL) await wait(POLL_MS)
  const smallSeconds = (performance.now() - smallFrom) / 1000
  const largeThen = await accepted(large)

  await pauseIssue(ctx, { issueId: large, by: null })
  const pausedAt = new Date()
  await wait(3000)
  const silence = await ctx.db
    .selectFrom('delivery')
    .select(({ fn }) => [fn.max('finished_at').as('last'), fn.countAll<number>().as('count')])
    .where('issue_id', '=', large)
    .where('status', '=', 'accepted')
    .executeTakeFirstOrThrow()
  const resumedAt = performance.now()
  const before = await accepted(large)
  await resumeIssue(ctx, { issueId: large, by: null })
  while ((await accepted(large)) === before) await wait(POLL_MS)
  const result = {
    largeReaders: options.recipients,
    smallReaders: SMALL,
    smallDoneSeconds: round(smallSeconds),
    largeSettledWhenSmallWasDone: largeThen,
    pauseToSilenceSeconds: round(Math.max(0, ((silence.last?.getTime() ?? 0) - pausedAt.getTime()) / 1000)),
    resumeToFirstSeconds: round((performance.now() - resumedAt) / 1000),
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
})

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
