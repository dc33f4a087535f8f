import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { composeIssue, IssueFile } from '../../src/cli/compose-issue.js'
import { createSample } from '../../src/cli/sample/create-sample.js'
import { readConfig } from '../../src/config.js'
import { createContext, type OpenContext } from '../../src/context.js'
import { fanOutIssueJob } from '../../src/delivery/jobs.js'
import { progress } from '../../src/delivery/progress.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import type { RunningWorkers } from '../../src/queues/job.js'
import { createApp } from '../../src/web/app.js'
import { startAllWorkers } from '../../workers/start.js'
import { postSignUp } from '../helpers/sign-up.js'
import { createDatabase } from '../helpers/world.js'

let home: string
let ctx: OpenContext
let workers: RunningWorkers
let dropDatabase: () => Promise<void>

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'carillon-journey-'))
  const { url, drop } = await createDatabase()
  dropDatabase = drop
  const config = readConfig({
    DATABASE_URL: url,
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
  await dropDatabase()
  await rm(home, { recursive: true, force: true })
})

async function finished(issueId: string): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const issue = await ctx.db
      .selectFrom('issue')
      .select('status')
      .where('id', '=', issueId)
      .executeTakeFirstOrThrow()
    if (issue.status === 'sent') return
    if (performance.now() > deadline) throw new Error('The issue was not sent in time.')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function send(draft: { issueId: string; version: number }): Promise<void> {
  await scheduleIssue(ctx, draft, null)
  await releaseDueIssues(ctx)
  await ctx.queues.enqueue(fanOutIssueJob, { issueId: draft.issueId })
  await finished(draft.issueId)
}

type Caught = { html: string; text: string; headers: { key: string; value: string }[] }
async function mailTo(address: string): Promise<Caught> {
  const found = await (await fetch(`${ctx.inboxUrl}/api/messages?to=${encodeURIComponent(address)}`)).json()
  const id = (found as { messages: { id: string }[] }).messages[0]?.id
  return (await (await fetch(`${ctx.inboxUrl}/api/messages/${id}`)).json()) as Caught
}

it('composes the sample, sends it through queue and SMTP, and lets a reader leave with one POST', async () => {
  const draft = await createSample(ctx, 12)
  await send(draft)
  expect(await progress(ctx.db, draft.issueId)).toMatchObject({ accepted: 12, total: 12 })
  const reader = await ctx.db.selectFrom('subscriber').selectAll().orderBy('email').executeTakeFirstOrThrow()
  const mail = await mailTo(reader.email)
  for (const part of [mail.html, mail.text]) expect(part).toContain(reader.email)
  const path = /\/u\/[A-Za-z0-9._-]+/.exec(mail.text)?.[0] ?? ''
  const view = /\/w\/[A-Za-z0-9._-]+/.exec(mail.text)?.[0] ?? ''
  const app = createApp(ctx)
  const before = await ctx.db.selectFrom('subscription').selectAll().orderBy('subscriber_id').execute()
  for (let visit = 0; visit < 50; visit++) {
    for (const link of [path, view, path.replace('/u/', '/p/')])
      await request(app)[visit % 2 ? 'get' : 'head'](link)
  }
  expect(await ctx.db.selectFrom('subscription').selectAll().orderBy('subscriber_id').execute()).toEqual(
    before,
  )
  const shown = await request(app).get(view).expect(200)
  expect(shown.text).toContain(reader.email)
  expect(shown.headers['set-cookie']).toBeUndefined()
  await request(app).get(`${view}x`).expect(404)
  const left = await request(app).post(path).type('form').send('List-Unsubscribe=One-Click').expect(200)
  expect(left.headers['location']).toBeUndefined()
  const after = await ctx.db
    .selectFrom('subscription')
    .select('status')
    .where('subscriber_id', '=', reader.id)
    .execute()
  expect(after).toEqual([{ status: 'unsubscribed' }])
})

it('answers whether it lives and whether it is ready', async () => {
  const app = createApp(ctx)
  await request(app).get('/healthz').expect(200, { status: 'ok' })
  await request(app).get('/readyz').expect(200, { status: 'ready' })
})

it('confirms a sign-up by mail before anybody is on a list', async () => {
  const app = createApp(ctx)
  const list = await ctx.db.selectFrom('list').select('id').executeTakeFirstOrThrow()
  const posted = await postSignUp(ctx, app, { email: 'new.reader@example.org', lists: list.id })
  expect(posted.status).toBe(200)
  const confirmation = async () =>
    (await ctx.db.selectFrom('confirmation').selectAll().executeTakeFirst())?.sent_at
  const deadline = performance.now() + 20_000
  while (!(await confirmation()) && performance.now() < deadline)
    await new Promise((resolve) => setImmediate(resolve))
  const mail = await mailTo('new.reader@example.org')
  const path = /\/confirmations\/[A-Za-z0-9._-]+/.exec(mail.text)?.[0] ?? ''
  expect(mail.html).toContain(path)
  const standing = () =>
    ctx.db
      .selectFrom('subscription')
      .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
      .select('status')
      .where('email', '=', 'new.reader@example.org')
      .execute()
  await request(app).get(path).expect(200)
  expect(await standing()).toEqual([{ status: 'pending' }])
  await request(app).post(path).expect(200)
  expect(await standing()).toEqual([{ status: 'confirmed' }])
})

it('makes an issue from a file, and says which news item is missing', async () => {
  const file = {
    title: 'From a file',
    subject: 'Hi',
    lists: [],
    news: { a: { title: 'Item A', url: 'https://example.org/a', publishedOn: '2026-01-01' } },
    blocks: [
      { kind: 'lead-story', newsItem: 'a' },
      { kind: 'news-list', newsItems: ['a'], title: 'News' },
    ],
  }
  const { issueId } = await composeIssue(ctx, IssueFile.parse(file))
  const kinds = await ctx.db
    .selectFrom('block')
    .select('kind')
    .where('issue_id', '=', issueId)
    .orderBy('position')
    .execute()
  expect(kinds.map((row) => row.kind)).toEqual(['masthead', 'lead-story', 'news-list', 'footer'])
  const wrong = IssueFile.parse({ ...file, blocks: [{ kind: 'lead-story', newsItem: 'b' }] })
  await expect(composeIssue(ctx, wrong)).rejects.toMatchObject({
    issues: { 'blocks.0': expect.stringContaining('b') },
  })
})
