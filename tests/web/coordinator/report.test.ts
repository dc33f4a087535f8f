import type { Express } from 'express'
import request from 'supertest'
import { giveLeaveReason } from '../../../src/audience/give-leave-reason.js'
import { publishIssues } from '../../../src/issues/archive/publish-issues.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { sentIssue } from '../../helpers/sent-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let coordinator: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  coordinator = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

const issueOf = (id: string) =>
  world.db.selectFrom('issue').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

it('turns into a report once it is sent', async () => {
  const { issueId } = await sentIssue(world, 'report')
  const { text } = await coordinator.get(`/issues/${issueId}`).expect(200)
  for (const words of [
    'How it went',
    'Over time',
    'By provider',
    'By list',
    'What happened',
    'The balance',
    'On the web',
  ])
    expect(text).toContain(words)
  expect(text).toMatch(/<svg[^>]*role="img"[^>]*aria-label="How many were settled/)
  expect(text).toMatch(/All others<\/th><td[^>]*>5<\/td><td[^>]*>2<span[^>]*>40.0 %/)
  expect(text).toContain('2 Mar 2026, 11:00')
  expect(text).toContain(`/issues/${issueId}/report.csv`)
})

it('says why people left, for the issue, its lists and in the file, and names nobody', async () => {
  const { issueId, listId, readers } = await sentIssue(world, 'reasons')
  const [first = '', second = '', third = ''] = readers
  const say = (subscriberId: string, reason: 'too-many' | 'other', note = '') =>
    giveLeaveReason(world, { subscriberId, issueId, reason, note })
  await say(first, 'too-many')
  await say(second, 'too-many', 'Twice a day! <b>')
  await say(third, 'other', 'Moved away')
  for (const page of [`/issues/${issueId}`, `/lists/${listId}`]) {
    const { text } = await coordinator.get(page).expect(200)
    expect(text).toMatch(/Too many mails<\/th><td[^>]*>2<\/td>/)
    expect(text).toMatch(/Something else<\/th><td[^>]*>1<\/td>/)
    for (const words of ['Twice a day! &lt;b&gt;', 'Moved away', '3 answers']) expect(text).toContain(words)
    expect(text).not.toContain('r1.reasons@')
  }
  const { text } = await coordinator.get(`/issues/${issueId}/report.csv`)
  expect(text).toContain('why left,too-many,,2')
})

it('gives the numbers as a file to those who compose', async () => {
  const { issueId } = await sentIssue(world, 'file')
  const { text, headers } = await coordinator.get(`/issues/${issueId}/report.csv`).expect(200)
  expect(headers['content-disposition']).toContain(`report-${issueId}.csv`)
  expect(text).toContain('issue,Spring issue,rejected,2')
  await request(app).get(`/issues/${issueId}/report.csv`).expect(303)
  const operator = await signedInBrowser(world, app, 'operator')
  await operator.get(`/issues/${issueId}/report.csv`).expect(403)
})

it('has no report before it begins to leave', async () => {
  const { listId } = await listWithReaders(world, 'before', 1)
  const { issueId } = await completeDraft(world, [listId])
  const { text } = await coordinator.get(`/issues/${issueId}`).expect(200)
  expect(text).toContain('/archive/spring-issue')
  expect(text).not.toContain('By provider')
})

it('lets one choose who may read it, before and after', async () => {
  const { listId } = await listWithReaders(world, 'choice', 1)
  const { issueId } = await completeDraft(world, [listId])
  const choose = (visibility: string, id = issueId) =>
    coordinator.post(`/issues/${id}/web-page`, { visibility })
  expect((await choose('false')).headers['location']).toBe(`/issues/${issueId}?notice=saved#web-page`)
  expect(await issueOf(issueId)).toMatchObject({ is_public: false, version: 1 })
  expect((await coordinator.get(`/issues/${issueId}`)).text).toContain('Not public')
  await choose('null')
  expect((await issueOf(issueId)).is_public).toBeNull()
  expect((await choose('maybe')).status).toBe(422)
  const sent = await sentIssue(world, 'chosen')
  await publishIssues(world)
  const { slug } = await issueOf(sent.issueId)
  await request(app).get(`/archive/${slug}`).expect(200)
  await choose('false', sent.issueId)
  await request(app).get(`/archive/${slug}`).expect(404)
  expect((await choose('null', sent.issueId)).status).toBe(422)
  await choose('true', sent.issueId)
  await request(app).get(`/archive/${slug}`).expect(200)
  const { text } = await coordinator.get(`/issues/${sent.issueId}`)
  expect(text).toContain(`href="/archive/${slug}"`)
  expect(text).toContain('Chose who may read it on the web')
  expect(text).toContain('Aino the coordinator')
})

it('refuses a choice that another site sends', async () => {
  const { issueId } = await sentIssue(world, 'forged')
  await request(app)
    .post(`/issues/${issueId}/web-page`)
    .set('Cookie', coordinator.cookie)
    .type('form')
    .send({ visibility: 'true' })
    .expect(403)
  expect((await issueOf(issueId)).is_public).toBeNull()
})
