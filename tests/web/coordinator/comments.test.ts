import type { Express } from 'express'
import { createIssue } from '../../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterAll(() => world.close())

async function draft() {
  const issueId = await createIssue(world, { title: 'Draft', accountId: null })
  const { blocks } = await issueWithBlocks(world, issueId)
  const blockId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  return { issueId, blockId, path: `/issues/${issueId}` }
}
const threadIn = (page: string) => /id="thread-([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''

it('stands beside its block, is answered, settled and opened again', async () => {
  const { path, blockId } = await draft()
  const written = await browser.post(`${path}/comments`, {
    blockId,
    edit: blockId,
    body: 'Is this <b>true</b>?',
  })
  expect(written.headers['location']).toBe(`${path}?edit=${blockId}#block-${blockId}`)
  const outline = (await browser.get(path)).text
  expect(outline).toContain(`id="comments-of-${blockId}"`)
  expect(outline).toContain('Text: 1<span')
  expect(outline).not.toContain('Is this')
  const open = () => browser.get(`${path}?edit=${blockId}`).then(({ text }) => text)
  expect(await open()).toContain('Is this &lt;b&gt;true&lt;/b&gt;?')
  const threadId = threadIn(await open())
  await browser.post(`${path}/comments/${threadId}/replies`, { body: 'I have asked.\r\nTwice.' })
  expect(await open()).toMatch(/>I have asked\.\r?\nTwice\.<\/p>/)
  await browser.post(`${path}/comments/${threadId}/resolution`)
  expect(await open()).toContain('1 settled comment')
  expect((await browser.get(path)).text).not.toContain(`id="comments-of-${blockId}"`)
  await browser.post(`${path}/comments/${threadId}/reopening`)
  expect((await browser.get(path)).text).toContain(`id="comments-of-${blockId}"`)
})

it('about a removed block is listed with the issue while it is open', async () => {
  const { path, blockId } = await draft()
  await browser.post(`${path}/comments`, { blockId, body: 'Keep the map' })
  await browser.post(`${path}/blocks/${blockId}/removal`, { version: 1 })
  const page = (await browser.get(path)).text
  expect(page).toContain('On a block that was removed: <strong>Text</strong>')
  await browser.post(`${path}/comments/${threadIn(page)}/resolution`, { at: 'issue' })
  expect((await browser.get(path)).text).not.toContain('Keep the map')
})

it('about the whole issue goes back to its place; one that is empty or too long keeps what was typed', async () => {
  const { path } = await draft()
  const written = await browser.post(`${path}/comments`, { at: 'issue', body: 'Fine' })
  expect(written.headers['location']).toBe(`${path}#comments`)
  const empty = await browser.post(`${path}/comments`, { at: 'issue', body: '  ' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Write what you have to say.')
  const long = `${'word '.repeat(900)}END`
  const refused = await browser.post(`${path}/comments/${threadIn((await browser.get(path)).text)}/replies`, {
    body: long,
  })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Keep a comment below 4,000 characters.')
  expect(refused.text).toContain('word END')
})

it('is for the office alone', async () => {
  const { path } = await draft()
  for (const role of ['operator', 'partner'] as const) {
    const other = await signedInBrowser(world, app, role)
    expect((await other.post(`${path}/comments`, { body: 'Hello' })).status).toBe(403)
  }
})
