import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSample } from '../../src/cli/sample/create-sample.js'
import { readConfig } from '../../src/config.js'
import { createContext, type OpenContext } from '../../src/context.js'
import { changeSpeed } from '../../src/delivery/change-speed.js'
import { fanOutIssueJob } from '../../src/delivery/jobs.js'
import { SendingSettingsForm } from '../../src/delivery/limits/limit-forms.js'
import { saveSendingSettings } from '../../src/delivery/limits/save-sending-settings.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { RunningWorkers } from '../../src/queues/job.js'
import { startAllWorkers } from '../../workers/start.js'
import { createDatabase } from '../helpers/world.js'

const READERS = 12
// Two seconds are promised; the rest is for a machine that does other things, too.
const SOON_MS = 5000

let home: string
let ctx: OpenContext
let workers: RunningWorkers
let drop: () => Promise<void>

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'carillon-limits-'))
  const database = await createDatabase()
  drop = database.drop
  const config = readConfig({
    DATABASE_URL: database.url,
    CARILLON_HOME: home,
    INBOX_PORT: '0',
    INBOX_SMTP_PORT: '0',
    LOG_LEVEL: 'silent',
  })
  ctx = await createContext(config, null)
  workers = await startAllWorkers(ctx)
})
afterAll(async () => {
  await workers.close()
  await ctx.close()
  await drop()
  await rm(home, { recursive: true, force: true })
})

const accepted = async (issueId: string) => (await progress(ctx.db, issueId)).accepted

/** Looks until so many have it; fails after `patience`. */
async function untilAccepted(issueId: string, count: number, patience = 20_000): Promise<void> {
  const deadline = performance.now() + patience
  while ((await accepted(issueId)) < count) {
    if (performance.now() > deadline) throw new Error(`Only ${await accepted(issueId)} were sent in time.`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function release(rate_per_hour: number | null): Promise<string> {
  const draft = await createSample(ctx, READERS)
  await ctx.db.updateTable('issue').set({ rate_per_hour }).where('id', '=', draft.issueId).execute()
  await scheduleIssue(ctx, draft, null)
  await releaseDueIssues(ctx)
  await ctx.queues.enqueue(fanOutIssueJob, { issueId: draft.issueId })
  return draft.issueId
}

/** Nothing is held or due any more: the workers have put the issue aside. */
async function untilHeld(issueId: string): Promise<void> {
  const isHeld = async () =>
    (await ctx.db
      .selectFrom('batch')
      .select('batch_no')
      .where('issue_id', '=', issueId)
      .where('worker_id', 'is', null)
      .where('due_at', '>', new Date())
      .executeTakeFirst()) !== undefined
  while (!(await isHeld())) await new Promise((resolve) => setImmediate(resolve))
}

it('holds an issue to its speed from the first mail, and makes it fast at once', async () => {
  const issueId = await release(1)
  await untilAccepted(issueId, 1)
  await untilHeld(issueId)
  expect(await accepted(issueId)).toBe(1)
  await changeSpeed(ctx, { issueId, ratePerHour: null, by: null })
  await untilAccepted(issueId, READERS, SOON_MS)
}, 60_000)

it('lets mail leave as soon as somebody opens the hours', async () => {
  const open = await ctx.db.selectFrom('sending_settings').selectAll().executeTakeFirstOrThrow()
  const save = (days: readonly number[]) =>
    saveSendingSettings(ctx, SendingSettingsForm.parse({ ...open, window_days: days }), null)
  const inThreeDays = ((new Date().getUTCDay() + 2) % 7) + 1
  await workers.close()
  await save([inThreeDays])
  workers = await startAllWorkers(ctx)
  const issueId = await release(null)
  while ((await progress(ctx.db, issueId)).pending < READERS)
    await new Promise((resolve) => setImmediate(resolve))
  // Long enough for every worker to have looked once and turned away.
  while (
    (await ctx.queues.counts()).some(
      ({ queue, waiting, active }) => queue === 'delivery' && waiting + active > 0,
    )
  )
    await new Promise((resolve) => setImmediate(resolve))
  expect(await accepted(issueId)).toBe(0)
  await save([1, 2, 3, 4, 5, 6, 7])
  await untilAccepted(issueId, READERS, SOON_MS)
}, 60_000)
