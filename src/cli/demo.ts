import { startAllWorkers } from '../../workers/start.js'
import { ensureFirstAdminLink } from '../accounts/ensure-first-admin-link.js'
import { readConfig, readSecretKeys } from '../config.js'
import { createContext, type OpenContext } from '../context.js'
import { fanOutIssueJob } from '../delivery/jobs.js'
import { type Progress, progress } from '../delivery/progress.js'
import { releaseDueIssues } from '../delivery/release-due-issues.js'
import { scheduleIssue } from '../issues/schedule-issue.js'
import { untilStopped } from '../until-stopped.js'
import { createSample } from './sample/create-sample.js'

const READERS = 24
const PATIENCE_MS = 50_000
const POLL_MS = 50

/** Composes and sends the sample issue on real parts; `--once` prints one JSON line and ends, else `stay` keeps it up. */
export async function runDemo(stay: (ctx: OpenContext) => Promise<() => Promise<void>>): Promise<number> {
  const once = process.argv.includes('--once')
  const config = readConfig()
  const ctx = await createContext({ ...config, logLevel: once ? 'error' : config.logLevel }, readSecretKeys())
  const workers = await startAllWorkers(ctx)
  const startedAt = performance.now()
  const { issueId, ...draft } = await createSample(ctx, READERS)
  await scheduleIssue(ctx, { issueId, ...draft }, null)
  await releaseDueIssues(ctx)
  await ctx.queues.enqueue(fanOutIssueJob, { issueId })
  const counts = await untilSent(ctx, issueId)
  const seconds = Math.round(performance.now() - startedAt) / 1000
  const result = { recipients: READERS, accepted: counts.accepted, seconds, issueId, inbox: ctx.inboxUrl }
  if (once) console.log(JSON.stringify(result))
  else {
    const leave = await stay(ctx)
    console.log(`Sent the sample issue to ${counts.accepted} of ${READERS} readers in ${seconds} s.`)
    console.log(
      `Read it in the inbox at ${ctx.inboxUrl ?? 'your mail server'}, and try its unsubscribe link.`,
    )
    const adminLink = await ensureFirstAdminLink(ctx)
    if (adminLink) console.log(`Compose and send yourself: make the first admin's account at\n  ${adminLink}`)
    else console.log(`Compose and send yourself: sign in at ${config.publicUrl}.`)
    console.log('Press Ctrl-C to stop.')
    await untilStopped()
    await leave()
  }
  await workers.close()
  await ctx.close()
  return counts.accepted === READERS ? 0 : 1
}

async function untilSent(ctx: OpenContext, issueId: string): Promise<Progress> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const counts = await progress(ctx.db, issueId)
    const isDone = counts.total > 0 && counts.pending + counts.sending === 0
    if (isDone || performance.now() > deadline) return counts
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
