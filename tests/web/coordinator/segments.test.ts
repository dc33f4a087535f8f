import type { Express } from 'express'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { runBulkAct } from '../../../src/audience/bulk/run-bulk-act.js'
import { createList } from '../../../src/audience/create-list.js'
import { segments } from '../../../src/audience/segments/segments.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { createApp } from '../../../src/web/app.js'
import { completeDraft } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
let listId: string
let adaId: string
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
  listId = await createList(world, { name: 'Town news' })
  const ada = { email: 'ada@example.org', listIds: [listId], note: 'form', fields: { CITY: 'Oulu' } }
  adaId = await addSubscriber(world, ada)
  await addSubscriber(world, {
    email: 'ben@example.org',
    listIds: [],
    note: 'form',
    fields: { CITY: 'Turku' },
  })
})
afterEach(() => world.close())

const row = (path: string, subject: string, test: string, more: object = {}) => ({
  [`t:${path}`]: 'row',
  [`s:${path}`]: subject,
  [`o:${path}`]: test,
  ...more,
})
const LIVES_IN_OULU = {
  name: 'Oulu',
  't:0': 'group',
  'm:0': 'all',
  ...row('0-0', 'field:CITY', 'is', { 'v:0-0': 'Oulu' }),
}

async function savedSegment(): Promise<string> {
  await browser.post('/segments', LIVES_IN_OULU)
  return (await segments(world))[0]?.id ?? ''
}

describe('a segment', () => {
  it('is written row by row without script, saved, shown in words and counted', async () => {
    expect((await browser.get('/segments')).text).toContain('No segment yet')
    const blank = await browser.get('/segments/new')
    expect(blank.text).toContain('name="s:0-0"')
    const chosen = { 't:0': 'group', 'm:0': 'any', ...row('0-0', 'list', ''), do: 'row:0' }
    const grown = await browser.post('/segments', chosen)
    expect(grown.status).toBe(200)
    expect(grown.text).toContain('confirmed on')
    expect(grown.text).toContain('name="s:0-1"')
    const nested = await browser.post('/segments', { ...chosen, do: 'group:0' })
    expect(nested.text).toContain('name="s:0-1-0"')
    const fewer = await browser.post('/segments', { ...chosen, do: 'remove:0-0' })
    expect(fewer.text).not.toContain('name="s:0-0"')
    const saved = await browser.post('/segments', {
      ...LIVES_IN_OULU,
      't:0-1': 'group',
      'm:0-1': 'any',
      ...row('0-1-0', 'list', 'on', { 'v:0-1-0': listId }),
      ...row('0-1-1', 'received', 'at-least', { 'c:0-1-1': '2', 'l:0-1-1': '5' }),
    })
    expect(saved.status).toBe(303)
    const [segment] = await segments(world)
    expect(segment).toMatchObject({ name: 'Oulu', created_by: browser.accountId })
    expect((await browser.get('/segments')).text).toContain(
      'City is “Oulu” and (List confirmed on “Town news” or Issues received at least 2 of the last 5)',
    )
    const form = (await browser.get(`/segments/${segment?.id}`)).text
    expect(form).toContain('value="Oulu"')
    expect(form).not.toContain('matches')
    const people = await browser.post('/segments/people', LIVES_IN_OULU)
    expect(people.text).toContain('1 person')
    expect(people.text).toContain('ada@example.org')
    expect(people.text).not.toContain('ben@example.org')
    expect((await browser.post('/segments', { ...LIVES_IN_OULU, do: 'count' })).text).toContain('1 person')
  })

  it('says at its place what is unfinished, and keeps what was typed', async () => {
    const wrong = { name: ' ', 't:0': 'group', ...row('0-0', 'field:CITY', 'is'), ...row('0-1', '', '') }
    const answer = await browser.post('/segments', wrong)
    expect(answer.status).toBe(422)
    for (const sentence of [
      'Give the segment a name.',
      'Write what to look for.',
      'Choose what this is about.',
    ])
      expect(answer.text).toContain(sentence)
    expect((await browser.post('/segments/people', wrong)).text).toContain('Finish the conditions')
    await savedSegment()
    expect((await browser.post('/segments', LIVES_IN_OULU)).text).toContain(
      'There is a segment with this name.',
    )
    expect((await browser.post('/segments', { name: 'x', 't:0-0-0-0-0': 'row' })).status).toBe(422)
  })

  it('is edited, taken out of use, and no operator’s business', async () => {
    const id = await savedSegment()
    await browser.post(`/segments/${id}`, { ...LIVES_IN_OULU, name: 'North', 'v:0-0': 'Kemi' })
    expect((await segments(world))[0]).toMatchObject({ name: 'North', tree: { parts: [{ value: 'Kemi' }] } })
    await browser.post(`/segments/${id}/archive`)
    expect(await segments(world)).toEqual([])
    expect((await browser.get(`/segments/${id}`)).text).toContain('out of use')
    expect((await browser.post(`/segments/${id}`, LIVES_IN_OULU)).status).toBe(409)
    expect((await (await signedInBrowser(world, app, 'operator')).get('/segments')).status).toBe(403)
    expect((await browser.get(`/segments/${newId(world.clock.now())}`)).status).toBe(404)
  })

  it('is chosen in the details of an issue', async () => {
    const id = await savedSegment()
    const { issueId, version } = await completeDraft(world, [listId])
    const issue = await issueWithBlocks(world, issueId)
    const form = {
      ...issue,
      blocks: undefined,
      segments: undefined,
      reply_to: '',
      listIds: listId,
      version,
      view: 'desktop',
    }
    const fields = Object.fromEntries(
      Object.entries(form).filter(([, value]) => ['string', 'number'].includes(typeof value)),
    )
    const answer = await browser.post(`/issues/${issueId}/details`, { ...fields, [`segment:${id}`]: 'only' })
    expect(answer.status).toBe(303)
    expect((await issueWithBlocks(world, issueId)).segments).toMatchObject([{ name: 'Oulu', rule: 'only' }])
    expect((await browser.get(`/issues/${issueId}?edit=details`)).text).toMatch(/value="only" selected/)
    const schedule = (await browser.get(`/issues/${issueId}/schedule`)).text
    expect(schedule).toContain('as the segments leave them')
    expect(schedule).toContain('Only people in')
  })
})

describe('the search', () => {
  it('finds the people of a segment', async () => {
    const id = await savedSegment()
    const found = (await browser.get(`/subscribers?segment=${id}&q=example`)).text
    expect(found).toContain('ada@example.org')
    expect(found).not.toContain('ben@example.org')
    expect((await browser.get('/subscribers/counts')).text).toContain('2 people: 1 confirmed')
  })

  it('leads to what is done with many: said, confirmed, done and taken back', async () => {
    const ask = await browser.get('/subscribers/bulk?whom=found&q=turku')
    expect(ask.text).toContain('Do it: 1 person')
    expect((await browser.get('/subscribers/bulk?whom=ticked')).text).toContain('Nobody is meant')
    const wrong = await browser.post('/subscribers/bulk', {
      whom: 'found',
      q: 'turku',
      kind: 'add-to-list',
      listId,
      note: ' ',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Say where these people agreed to get mail.')
    world.clock.advance(60_000)
    const begun = await browser.post('/subscribers/bulk', {
      ...{ whom: 'ticked', id: adaId, kind: 'set-field', key: 'CITY', value: 'Vaasa' },
    })
    const path = String(begun.headers['location'])
    expect((await browser.get(path)).text).toContain('Being done')
    await runBulkAct(world, path.split('/').at(-1) ?? '')
    expect((await browser.get(path)).text).toContain('Done: 1 person changed')
    expect((await browser.get(`/subscribers/${adaId}`)).text).toContain('Set CITY to “Vaasa”')
    await browser.post(`${path}/undoing`)
    await runBulkAct(world, path.split('/').at(-1) ?? '')
    expect((await browser.get(path)).text).toContain('Taken back for 1 person')
    expect((await browser.post(`${path}/undoing`)).status).toBe(409)
  })
})

describe('one person', () => {
  it('has notes, a timeline, and is merged with another record of theirs', async () => {
    const path = `/subscribers/${adaId}`
    await browser.post(`${path}/notes`, { text: 'Prefers the phone.' })
    const page = (await browser.get(path)).text
    expect(page).toContain('Prefers the phone.')
    expect(page).toContain('Was added to “Town news”')
    const noteId = /notes\/([0-9a-f-]{36})\/removal/.exec(page)?.[1] ?? ''
    await browser.post(`${path}/notes/${noteId}/removal`)
    expect((await browser.get(path)).text).not.toContain('Prefers the phone.')
    expect((await browser.get(`${path}/merge?with=nobody@example.org`)).text).toContain(
      'Nobody has this address.',
    )
    const both = (await browser.get(`${path}/merge?with=ben@example.org`)).text
    expect(both).toContain('ben@example.org becomes ada@example.org')
    expect(both).toContain('name="take:CITY"')
    const goneId = /name="goneId" value="([0-9a-f-]{36})"/.exec(both)?.[1] ?? ''
    const merged = await browser.post(`${path}/merge`, {
      goneId,
      with: 'ben@example.org',
      'take:CITY': 'gone',
    })
    expect(merged.status).toBe(303)
    const after = (await browser.get(path)).text
    expect(after).toContain('value="Turku"')
    expect(after).toContain('Two records were merged')
    expect((await browser.get(`/subscribers/${goneId}`)).status).toBe(404)
    expect((await browser.post(`${path}/merge`, { goneId })).status).toBe(404)
  })
})
