import type { Express } from 'express'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { reviseBlock } from '../../../src/issues/revise-block.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, confirmedReader, listWithReaders } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let author: Browser
let colleague: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  author = await signedInBrowser(world, app, 'coordinator')
  colleague = await signedInBrowser(world, app, 'admin')
})
afterEach(() => world.close())

async function draft(needsApproval = true) {
  const { listId } = await listWithReaders(world, 'town', 2)
  const { issueId } = await completeDraft(world, [listId])
  if (needsApproval)
    await author.post(`/lists/${listId}`, { name: 'town', language: 'en', needsApproval: 'on' })
  return { path: `/issues/${issueId}`, issueId, listId }
}
const hashIn = (page: string) => /name="hash" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? ''
const say = async (browser: Browser, path: string, word: string, note = '') => {
  const hash = hashIn((await browser.get(path)).text)
  return browser.post(`${path}/approval/${word}`, { hash, note })
}

it('goes from the author to a colleague and out', async () => {
  const { path, issueId } = await draft()
  const refused = await author.post(`${path}/schedule`, { version: 1, when: 'now' })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Only approved issues may go to “town”. This one has not been submitted')
  expect((await author.get(path)).text).toContain('Only approved issues may go to “town”')
  const submitted = await say(author, path, 'submission', 'Please look at the second story.')
  expect(submitted.headers['location']).toBe(`${path}#approval`)
  expect((await author.get(path)).text).toContain(
    'You submitted it, so somebody else approves it: Aino the admin.',
  )
  expect((await author.get('/')).text).not.toContain('Waiting for you')
  const dashboard = (await colleague.get('/')).text
  expect(dashboard).toContain('waiting for your approval')
  expect(dashboard).toContain('Please look at the second story.')
  expect((await say(colleague, path, 'approval')).status).toBe(303)
  expect((await colleague.get('/')).text).not.toContain('Waiting for you')
  expect((await author.get(`${path}/schedule`)).text).toContain('Nothing stands in the way')
  await author.post(`${path}/schedule`, { version: 1, when: 'now' })
  expect((await issueWithBlocks(world, issueId)).status).toBe('scheduled')
})

it('is asked for the subjects that shall be tried, too', async () => {
  const { path, issueId, listId } = await draft()
  for (let number = 0; number < 8; number++) await confirmedReader(world, listId, `more${number}@example.org`)
  const fields = {
    ...{ canary: 'subjects', subject_b: 'Bells & bread', subject_c: '', test_percent: '50' },
    ...{ test_hours: '4', when: 'now' },
  }
  await say(author, path, 'submission')
  await say(colleague, path, 'approval')
  const refused = await author.post(`${path}/schedule`, { version: 1, ...fields })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Nobody has approved the subjects that are tried beside its own')
  const wrong = await author.post(`${path}/schedule/subjects`, { version: 1, ...fields, test_hours: '100' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('Between 1 and 72 hours.')
  const kept = await author.post(`${path}/schedule/subjects`, { version: 1, ...fields })
  expect(kept.status).toBe(303)
  const stale = await author.post(`${path}/schedule/subjects`, { version: 1, ...fields })
  expect(stale.status).toBe(409)
  expect((await author.get(`${path}/schedule`)).text).toContain('value="Bells &amp; bread"')
  await say(author, path, 'submission')
  expect((await colleague.get(path)).text).toMatch(
    /Subjects that are tried[\s\S]*B<\/span> Bells &amp; bread/,
  )
  await say(colleague, path, 'approval')
  const sent = await author.post(`${path}/schedule`, { version: 2, ...fields })
  expect(sent.status).toBe(303)
  expect(await issueWithBlocks(world, issueId)).toMatchObject({
    subject_test: { subjects: ['Bells & bread'] },
  })
})

it('comes back with a note that must say something', async () => {
  const { path } = await draft(false)
  await say(author, path, 'submission')
  const empty = await say(colleague, path, 'changes')
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Say what should change.')
  expect((await say(colleague, path, 'changes', 'The date is wrong')).status).toBe(303)
  expect((await author.get(path)).text).toContain('The date is wrong')
  expect((await author.get('/')).text).toContain('changes were asked for')
})

it('does not approve what nobody has looked at, and keeps what was typed', async () => {
  const { path, issueId } = await draft()
  await say(author, path, 'submission')
  const hash = hashIn((await colleague.get(path)).text)
  const { blocks, version } = await issueWithBlocks(world, issueId)
  const blockId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  await reviseBlock(world, { issueId, version }, { blockId, content: { html: '<p>Slipped in</p>' } })
  const answer = await colleague.post(`${path}/approval/approval`, { hash, note: 'All good & fine' })
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('has changed since you opened this page')
  expect(answer.text).toContain('All good &amp; fine')
  expect((await author.get(`${path}/approval`)).text).toContain('changed since')
})

it('is not for the author, whatever is posted', async () => {
  const { path } = await draft()
  await say(author, path, 'submission')
  const hash = hashIn((await author.get(path)).text)
  const answer = await author.post(`${path}/approval/approval`, { hash })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('You submitted this issue yourself')
  const partner = await signedInBrowser(world, app, 'partner')
  expect((await partner.post(`${path}/approval/approval`, { hash })).status).toBe(403)
})

it('says that somebody who works alone may approve', async () => {
  await world.db
    .updateTable('account')
    .set({ disabled_at: world.clock.now() })
    .where('id', '=', colleague.accountId)
    .execute()
  const { path } = await draft()
  await say(author, path, 'submission')
  expect((await author.get(path)).text).toContain('Nobody else works in the office, so you may approve it')
  expect((await say(author, path, 'approval')).status).toBe(303)
})

it('notes who made a list ask for approval, and who let it be', async () => {
  const { listId } = await draft()
  expect((await author.get('/lists')).text).toContain('approved issues only')
  expect((await author.get(`/lists/${listId}`)).text).toContain('name="needsApproval" checked')
  await colleague.post(`/lists/${listId}`, { name: 'town', language: 'en' })
  await colleague.post(`/lists/${listId}`, { name: 'town', language: 'en' })
  const audit = await world.db.selectFrom('audit_entry').select(['action', 'account_id']).execute()
  expect(audit).toEqual([
    { action: 'demand-approval', account_id: author.accountId },
    { action: 'waive-approval', account_id: colleague.accountId },
  ])
})
