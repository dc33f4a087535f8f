import { openSession } from '../../../src/accounts/open-session.js'
import { cancelIssue } from '../../../src/delivery/cancel-issue.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { createAccount } from '../../helpers/sign-in.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.close())

async function watch(issueId: string) {
  const { id } = await createAccount(site.world, 'coordinator')
  const headers = { Cookie: `carillon=${await openSession(site.world, id)}` }
  const answer = await fetch(`${site.url}/issues/${issueId}/progress?seen=scheduled`, { headers })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  return { answer, next: async () => (await reader?.read())?.value ?? null, leave: () => reader?.cancel() }
}

async function scheduled() {
  const { listId } = await listWithReaders(site.world, `list${Math.random().toString(36).slice(2, 8)}`, 2)
  const draft = await completeDraft(site.world, [listId])
  await scheduleIssue(site.world, draft, null)
  return draft.issueId
}

it('tells live how an issue stands and ends when its state changes', async () => {
  const issueId = await scheduled()
  const { answer, next } = await watch(issueId)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const first = await next()
  expect(first).toMatch(/^event: progress\n/)
  expect(first).toContain('0 of 0 people are settled')
  expect(
    first
      ?.trimEnd()
      .split('\n')
      .slice(1)
      .every((line) => line.startsWith('data: ')),
  ).toBe(true)
  await cancelIssue(site.world, { issueId, by: null })
  expect(await next()).toMatch(/^event: finished\n/)
  expect(await next()).toBeNull()
})

it('does not hold the server up when it stops', async () => {
  const other = await openSite()
  const { listId } = await listWithReaders(other.world, 'stopping', 1)
  const draft = await completeDraft(other.world, [listId])
  const { id } = await createAccount(other.world, 'coordinator')
  const headers = { Cookie: `carillon=${await openSession(other.world, id)}` }
  const answer = await fetch(`${other.url}/issues/${draft.issueId}/progress?seen=draft`, { headers })
  const body = answer.text()
  await other.close()
  expect(await body).toContain('event: progress')
})
