import type { Express } from 'express'
import { createList } from '../../../src/audience/create-list.js'
import { createIssue } from '../../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { archiveNewsItem } from '../../../src/news/archive-news-item.js'
import { createNewsItem } from '../../../src/news/create-news-item.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
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
  const { listId, readers } = await listWithReaders(world, `list${Math.random().toString(36).slice(2, 8)}`, 2)
  const { issueId } = await completeDraft(world, [listId])
  return { path: `/issues/${issueId}`, issueId, listId, readers }
}
const stateOf = (issueId: string) => issueWithBlocks(world, issueId)

describe('an issue is composed', () => {
  it('from a button on the list, with its details', async () => {
    const made = await browser.post('/issues')
    const path = String(made.headers['location']).split('?')[0] ?? ''
    const listId = await createList(world, { name: 'Town news' })
    const details = {
      version: 1,
      title: 'May',
      subject: 'May <<contact.FIRSTNAME>>',
      preheader: '',
      from_name: 'Town',
      from_email: 'news@example.org',
      reply_to: '',
      language: 'fi',
      listIds: listId,
    }
    expect((await browser.post(`${path}/details`, details)).headers['location']).toBe(path)
    expect(await stateOf(path.slice(8))).toMatchObject({
      title: 'May',
      subject: 'May <<contact.FIRSTNAME>>',
      reply_to: null,
      listIds: [listId],
      created_by: browser.accountId,
    })
  })

  it('says at the field what is wrong with the details and keeps the rest', async () => {
    const { path, issueId } = await draft()
    const answer = await browser.post(`${path}/details`, {
      version: 1,
      title: '',
      subject: 'Kept as typed',
      preheader: '',
      from_name: '',
      from_email: 'broken@',
      language: 'en',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Give the issue a title')
    expect(answer.text).toContain('Enter one complete e-mail address.')
    expect(answer.text).toContain('value="Kept as typed"')
    expect((await stateOf(issueId)).subject).not.toBe('Kept as typed')
  })

  it('block by block: added, filled, moved, removed', async () => {
    const { path, issueId } = await draft()
    const before = await stateOf(issueId)
    const added = await browser.post(`${path}/blocks`, { version: 1, kind: 'button', position: 1 })
    const id = /edit=([0-9a-f-]{36})/.exec(String(added.headers['location']))?.[1] ?? ''
    const content = { version: 2, label: 'Read on', url: 'https://example.org/' }
    expect((await browser.post(`${path}/blocks/${id}`, content)).status).toBe(303)
    expect((await stateOf(issueId)).blocks[1]).toEqual({
      id,
      kind: 'button',
      content: { label: 'Read on', url: 'https://example.org/' },
    })
    await browser.post(`${path}/blocks/${id}/position`, { version: 3, position: 0 })
    expect((await stateOf(issueId)).blocks[0]?.id).toBe(id)
    await browser.post(`${path}/blocks/${id}/removal`, { version: 4 })
    expect((await stateOf(issueId)).blocks).toEqual(before.blocks)
  })

  it('with a news list whose items are added, put in order and taken out', async () => {
    const { path, issueId } = await draft()
    const items = ['a', 'b', 'c'].map((letter) => `00000000-0000-7000-8000-00000000000${letter}`)
    const [a = '', b = '', c = ''] = items
    const added = await browser.post(`${path}/blocks`, { version: 1, kind: 'news-list', position: 1 })
    const id = /edit=([0-9a-f-]{36})/.exec(String(added.headers['location']))?.[1] ?? ''
    const press = async (change: string) => {
      const { version, blocks } = await stateOf(issueId)
      const content = blocks.find((block) => block.id === id)?.content as { newsItemIds: string[] }
      const form = { version, newsItemIds: content.newsItemIds, columns: '2', showSummaries: 'on', change }
      await browser.post(`${path}/blocks/${id}`, form)
      const after = (await stateOf(issueId)).blocks.find((block) => block.id === id)
      return (after?.content as { newsItemIds: string[] }).newsItemIds
    }
    expect(await press(`add:newsItemIds:${a}`)).toEqual([a])
    expect(await press(`add:newsItemIds:${b}`)).toEqual([a, b])
    expect(await press(`add:newsItemIds:${c}`)).toEqual([a, b, c])
    expect(await press(`up:newsItemIds:${c}`)).toEqual([a, c, b])
    expect(await press(`down:newsItemIds:${a}`)).toEqual([c, a, b])
    expect(await press(`remove:newsItemIds:${a}`)).toEqual([c, b])
    const block = (await stateOf(issueId)).blocks.find((one) => one.id === id)
    expect(block?.content).toMatchObject({ columns: 2, showSummaries: true })
  })

  it('and names the place of every mistake', async () => {
    const { path, issueId } = await draft()
    const text = (await stateOf(issueId)).blocks.find(({ kind }) => kind === 'text')
    await browser.post(`${path}/blocks/${text?.id}`, { version: 1, html: '<p><<contact.SHOESIZE>></p>' })
    await browser.post(`${path}/blocks`, { version: 2, kind: 'mjml', position: 2 })
    const mjml = (await stateOf(issueId)).blocks.find(({ kind }) => kind === 'mjml')
    const broken = '<mj-section>\n<mj-column>\n<mj-texxt>Hi</mj-texxt>\n</mj-column>\n</mj-section>'
    await browser.post(`${path}/blocks/${mjml?.id}`, { version: 3, mjml: broken })
    const page = (await browser.get(path)).text
    expect(page).toContain('SHOESIZE')
    expect(page).toMatch(/Custom MJML, line 3:/)
    expect(page).toContain('2 things to mend')
  })
})

describe('two tabs on one draft', () => {
  it('lose nothing: the later one is told and keeps its text, and saves it on the second try', async () => {
    const { path, issueId } = await draft()
    const text = (await stateOf(issueId)).blocks.find(({ kind }) => kind === 'text')
    const save = (version: number, html: string) =>
      browser.post(`${path}/blocks/${text?.id}`, { version, html })
    expect((await save(1, '<p>first</p>')).status).toBe(303)
    const refused = await save(1, '<p>second</p>')
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('Somebody else has changed this issue')
    expect(refused.text).toContain('&lt;p&gt;second&lt;/p&gt;')
    expect(refused.text).toContain('name="version" value="2"')
    expect((await stateOf(issueId)).blocks.find(({ id }) => id === text?.id)?.content).toEqual({
      html: '<p>first</p>',
    })
    expect((await save(2, '<p>second</p>')).status).toBe(303)
  })

  it('show what was typed even when the block is gone or the issue is on its way', async () => {
    const { path, issueId } = await draft()
    const text = (await stateOf(issueId)).blocks.find(({ kind }) => kind === 'text')
    await browser.post(`${path}/blocks/${text?.id}/removal`, { version: 1 })
    const gone = await browser.post(`${path}/blocks/${text?.id}`, { version: 1, html: 'precious words' })
    expect(gone.status).toBe(409)
    expect(gone.text).toContain('precious words')
    await browser.post(`${path}/schedule`, { version: 2, when: 'now' })
    const late = await browser.post(`${path}/details`, {
      version: 2,
      title: 'T',
      subject: 'precious subject',
    })
    expect([409, 422]).toContain(late.status)
    expect(late.text).toContain('precious subject')
  })
})

describe('the preview', () => {
  it('is the mail of the chosen reader, and can neither run nor unsubscribe', async () => {
    const { path, readers } = await draft()
    const answer = await browser.get(`${path}/preview?as=${readers[0]}`)
    expect(answer.text).toContain('Dear Ada, hello.')
    expect(answer.text).not.toMatch(/\/u\/v1\./)
    expect(answer.headers['content-security-policy']).toMatch(
      /default-src 'none'.*sandbox allow-same-origin$/,
    )
    expect((await browser.get(`${path}?view=text&as=${readers[0]}`)).text).toContain('Dear Ada, hello.')
    expect((await browser.get(`${path}/preview`)).text).toContain('Dear Robin, hello.')
  })

  it('of nothing is not found', async () => {
    expect((await browser.get('/issues/nonsense')).status).toBe(404)
    expect((await browser.get('/issues/00000000-0000-7000-8000-000000000000/preview')).status).toBe(404)
  })
})

describe('a test send', () => {
  it('goes to one address, marked, with harmless links, and leaves the ledger alone', async () => {
    const { path, issueId, readers } = await draft()
    const answer = await browser.post(`${path}/test-sends`, { to: 'aino@example.org', as: readers[0] })
    expect(answer.text).toContain('aino@example.org: the mail server took it.')
    const mail = world.sent.at(-1)
    expect(mail).toMatchObject({
      envelope: { to: 'aino@example.org' },
      subject: expect.stringMatching(/^\[Test\] as r1\..*@example\.org: Spring issue$/),
    })
    expect(mail?.html).toContain('https://news.example.org/test-mail')
    expect(mail?.html).not.toMatch(/\/(u|p|w)\/v1\./)
    expect(
      await world.db.selectFrom('delivery').selectAll().where('issue_id', '=', issueId).execute(),
    ).toEqual([])
    const audit = await world.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'send-test')
      .executeTakeFirstOrThrow()
    expect(audit).toMatchObject({
      action: 'send-test',
      account_id: browser.accountId,
      subject_ids: [issueId],
    })
  })

  it('to a broken address is refused with a sentence', async () => {
    const { path } = await draft()
    const answer = await browser.post(`${path}/test-sends`, { to: 'a@b,c@d' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('“a@b”: ')
  })

  it('shows what the server said', async () => {
    const { path } = await draft()
    const reply = {
      stage: 'recipient',
      code: 550,
      enhancedCode: '5.1.1',
      text: '550 no such reader',
    } as const
    world.outcomes.set('nobody@example.org', [{ kind: 'rejected', reply }])
    const answer = await browser.post(`${path}/test-sends`, { to: 'nobody@example.org' })
    expect(answer.text).toContain('nobody@example.org: the mail was rejected: 550 no such reader')
  })
})

describe('scheduling', () => {
  it('shows the balance and schedules for a time in the account’s zone', async () => {
    const { path, issueId } = await draft()
    const page = (await browser.get(`${path}/schedule`)).text
    expect(page).toContain('Schedule anyway for 2 people')
    expect(page).toContain('It is 2 Mar 2026, 11:00 by your clock now.')
    await browser.post(`${path}/schedule`, { version: 1, when: 'later', sendAt: '2026-03-05T09:00' })
    expect(await stateOf(issueId)).toMatchObject({
      status: 'scheduled',
      send_at: new Date('2026-03-05T07:00Z'),
      scheduled_balance: { recipients: 2 },
    })
    expect((await browser.get(path)).text).toContain('5 Mar 2026, 09:00')
    await browser.post(`${path}/draft`)
    expect((await stateOf(issueId)).status).toBe('draft')
  })

  it('refuses a time that has passed, no time, and one that never comes, at the field', async () => {
    const { path, issueId } = await draft()
    const at = (sendAt: string) => browser.post(`${path}/schedule`, { version: 1, when: 'later', sendAt })
    expect((await at('2026-03-02T10:00')).text).toContain('This time has passed.')
    expect((await at('')).text).toContain('Choose a day and a time.')
    const skipped = await at('2026-03-29T03:30')
    expect(skipped.status).toBe(422)
    expect(skipped.text).toContain('value="2026-03-29T03:30"')
    expect((await stateOf(issueId)).status).toBe('draft')
  })

  it('refuses an empty audience and an unfinished issue, saying where to go', async () => {
    const bare = await createIssue(world, { title: 'Bare', accountId: null })
    const answer = await browser.post(`/issues/${bare}/schedule`, { version: 1, when: 'now' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Choose at least one list.')
    const listId = await createList(world, { name: 'Nobody here' })
    const { issueId } = await completeDraft(world, [listId])
    const empty = await browser.post(`/issues/${issueId}/schedule`, { version: 1, when: 'now' })
    expect(empty.text).toContain('Nobody on these lists would get it.')
    expect((await stateOf(issueId)).status).toBe('draft')
  })
})

describe('the composer', () => {
  it('previews as a reader found by address or name, and says when there is none', async () => {
    const { path, readers } = await draft()
    const { email } = await world.db
      .selectFrom('subscriber')
      .select('email')
      .where('id', '=', readers[1] ?? '')
      .executeTakeFirstOrThrow()
    const found = await browser.post(`${path}/reader`, { find: email.toUpperCase(), view: 'text' })
    expect(found.headers['location']).toBe(`${path}?view=text&as=${readers[1]}`)
    const none = await browser.post(`${path}/reader`, { find: 'nobody at all' })
    expect(none.status).toBe(422)
    expect(none.text).toContain('Nobody begins like that.')
  })

  it('keeps a news item that was archived after it was chosen', async () => {
    const { path, issueId } = await draft()
    const newsItem = await createNewsItem(
      world,
      {
        title: 'Kept',
        summaryHtml: '',
        url: '',
        imageUrl: '',
        imageAlt: '',
        region: '',
        language: 'en',
        publishedOn: '2026-01-01',
      },
      null,
    )
    await archiveNewsItem(world, newsItem)
    const added = await browser.post(`${path}/blocks`, { version: 1, kind: 'lead-story', position: 1 })
    const id = /edit=([0-9a-f-]{36})/.exec(String(added.headers['location']))?.[1] ?? ''
    await browser.post(`${path}/blocks/${id}`, { version: 2, newsItemId: newsItem, linkLabel: 'More' })
    const page = (await browser.get(`${path}?edit=${id}`)).text
    expect(page).toContain(`<option value="${newsItem}" selected>Kept</option>`)
    expect(page).toContain('Nothing stands in the way')
    expect((await stateOf(issueId)).blocks).toHaveLength(4)
  })

  it('discards a draft, but only the one that was looked at', async () => {
    const { path, issueId } = await draft()
    await browser.post(`${path}/blocks`, { version: 1, kind: 'divider', position: 1 })
    expect((await browser.post(`${path}/discarding`, { version: 1 })).status).toBe(409)
    expect((await stateOf(issueId)).status).toBe('draft')
    expect((await browser.post(`${path}/discarding`, { version: 2 })).headers['location']).toBe(
      '/issues?notice=discarded',
    )
    expect((await browser.get(path)).status).toBe(404)
  })
})

it('saves what a page sends by itself and answers with what has changed, or says why not', async () => {
  const issueId = await createIssue(world, { title: 'Typed', accountId: null })
  const { blocks, version } = await issueWithBlocks(world, issueId)
  const text = blocks.find(({ kind }) => kind === 'text')
  const path = `/issues/${issueId}/blocks/${text?.id}`
  const send = (fields: object) => browser.post(path, fields).set('Accept', 'application/json')
  const saved = await send({ version, html: '<p>Written</p>' })
  expect(saved.status).toBe(200)
  expect(saved.body).toMatchObject({ version: version + 1, summaries: { [text?.id ?? '']: 'Written' } })
  expect(saved.body.checks).toContain('to mend before it can go')
  const late = await send({ version, html: '<p>Late</p>' })
  expect([late.status, late.body.conflict]).toEqual([409, expect.stringContaining('Somebody else')])
  const long = await send({ version: version + 1, html: 'x'.repeat(50_001) })
  expect([long.status, long.body.errors]).toEqual([422, { html: 'Keep this below 50,000 characters.' }])
  const after = await issueWithBlocks(world, issueId)
  expect(after.blocks.find(({ id }) => id === text?.id)?.content).toEqual({ html: '<p>Written</p>' })
})
