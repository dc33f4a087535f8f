import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { composeMessage } from '../../src/delivery/compose-message.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { readyIssue } from '../../src/delivery/sending-issue.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { endingAll } from '../helpers/ending-all.js'
import { createAudience, createDraft } from './audience.js'
import { type BenchOptions, readOptions } from './options.js'
import { openParts, say } from './parts.js'
import { timeSource, usageOf } from './processes.js'

const WARM_UP = 2000
const SWEEP = [10_000, 100_000, 1_000_000]
const POLL_MS = 50

type Result = {
  recipients: number
  seconds: number
  fanOutSeconds: number
  rate: number
  microsecondsEach: number
  cpuMsEach: number
  peakRssMb: number
  messageBytes: number
}

const options = readOptions(process.argv.slice(2))
const closers: (() => Promise<unknown>)[] = []
await endingAll(closers, () => run(options))

async function run(asked: BenchOptions): Promise<void> {
  const { ctx, workers, port } = await openParts(asked, closers)
  const bytes = asked.kilobytes * 1024
  // What the first thousands cost is the making of machine code, not the sending.
  const { messageBytes } = await measure(ctx, { recipients: WARM_UP, bytes, workers })
  const source = () => sourceRate(asked, { bytes: messageBytes, port })
  const before = source()
  const results: Result[] = []
  for (const recipients of asked.sweep ? SWEEP : [asked.recipients]) {
    const result = await measure(ctx, { recipients, bytes, workers })
    say(`${recipients} recipients: ${result.rate} a second, ${result.cpuMsEach} ms of processor each`)
    results.push(result)
  }
  const limit = asked.dkim ? await signingLimit() : null
  report(asked, {
    results,
    limit,
    // A machine that others share is not as fast after as before.
    smtpSource: Math.round((before + source()) / 2),
  })
}

/** RSA-2048 signatures a second that this machine makes when it does nothing else, in the thread pool. */
async function signingLimit(): Promise<number> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const data = Buffer.alloc(1500)
  const count = 4000
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: count }, () => promisify(sign)('sha256', data, privateKey)))
  return Math.round((1000 * count) / (performance.now() - startedAt))
}

type Ctx = Parameters<typeof releaseDueIssues>[0] & Parameters<typeof composeMessage>[0]
type Measured = { recipients: number; bytes: number; workers: readonly ChildProcess[] }

async function measure(ctx: Ctx, { recipients, bytes, workers }: Measured): Promise<Result> {
  const listId = await createAudience(ctx, `n${recipients}`, recipients)
  const draft = await createDraft(ctx, listId, bytes)
  await scheduleIssue(ctx, draft, null)
  const used = () => workers.reduce((sum, { pid }) => sum + usageOf(pid as number).cpuSeconds, 0)
  const before = used()
  await releaseDueIssues(ctx)
  const issue = await untilSent(ctx, draft.issueId)
  const counts = await progress(ctx.db, draft.issueId)
  if (counts.accepted !== recipients) throw new Error(`Not everybody was sent to: ${JSON.stringify(counts)}`)
  const seconds = secondsBetween(issue.released_at, issue.finished_at)
  return {
    recipients,
    seconds,
    fanOutSeconds: secondsBetween(issue.released_at, issue.fanned_out_at),
    rate: Math.round(recipients / seconds),
    microsecondsEach: Math.round((1e6 * seconds) / recipients),
    cpuMsEach: round((1000 * (used() - before)) / recipients),
    peakRssMb: Math.max(...workers.map(({ pid }) => usageOf(pid as number).peakRssMb)),
    messageBytes: await sizeOfMessage(ctx, draft.issueId, listId),
  }
}

async function untilSent({ db }: Ctx, issueId: string) {
  for (;;) {
    const issue = await db
      .selectFrom('issue')
      .select(['status', 'released_at', 'fanned_out_at', 'finished_at'])
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    if (issue.status === 'sent') return issue
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

async function sizeOfMessage(ctx: Ctx, issueId: string, listId: string): Promise<number> {
  const issue = await readyIssue(ctx.db, issueId)
  const fields = { FIRSTNAME: 'Reader50000', CITY: 'Turku' }
  const message = await composeMessage(ctx, issue, {
    id: issueId,
    subscriberId: listId,
    listId,
    language: null,
    email: 'reader50000@example.org',
    fields,
  })
  return message.size
}

/** Messages a second that smtp-source sends in the same run, of the same size and over as many connections. */
function sourceRate(asked: BenchOptions, { bytes, port }: { bytes: number; port: number }): number {
  const messages = Math.min(asked.recipients, 50_000)
  return Math.round(
    messages / timeSource(port, { messages, bytes, connections: asked.connections * asked.workers }),
  )
}

type Report = { results: readonly Result[]; limit: number | null; smtpSource: number }

function report(asked: BenchOptions, { results, limit, smtpSource }: Report): void {
  const last = results.at(-1) as Result
  const first = results[0] as Result
  const summary = {
    ...last,
    smtpSourceRate: smtpSource,
    ratio: round(last.rate / smtpSource),
    ...(asked.sweep
      ? { sweep: results, costGrowth: round(last.microsecondsEach / first.microsecondsEach) }
      : {}),
    connections: asked.connections,
    workers: asked.workers,
    backend: asked.backend,
    dkim: asked.dkim,
    ...(limit ? { signaturesASecond: limit } : {}),
  }
  if (asked.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
  else for (const [name, value] of Object.entries(summary)) say(`${name}: ${JSON.stringify(value)}`)
}

function secondsBetween(from: Date | null, to: Date | null): number {
  return ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 1000
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
