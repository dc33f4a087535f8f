import type { Express } from 'express'
import { createApp } from '../../../src/web/app.js'
import { completeDraft, listWithReaders } from '../../helpers/sample-issue.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: Express
let browser: Browser
beforeEach(async () => {
  world = await createWorld()
  app = createApp(world)
  browser = await signedInBrowser(world, app, 'coordinator')
})
afterEach(() => world.close())

async function draft() {
  const { listId } = await listWithReaders(world, 'town', 2)
  const { issueId } = await completeDraft(world, [listId])
  return { path: `/issues/${issueId}`, issueId }
}
const recipients = () => world.sent.map(({ envelope }) => envelope.to).sort()
const idOfGroup = async () =>
  (await world.db.selectFrom('test_group').select('id').executeTakeFirstOrThrow()).id

it('goes to several addresses and a group at once, each once, with a word about each', async () => {
  const { path } = await draft()
  await browser.post('/settings/test-groups', { name: 'Team', addresses: 'ada@example.org\nben@example.org' })
  const reply = { stage: 'recipient', code: 550, enhancedCode: null, text: '550 no such reader' } as const
  world.outcomes.set('ben@example.org', [{ kind: 'rejected', reply }])
  const groups = await idOfGroup()
  const to = 'cleo@example.org; ADA@example.org,\ncleo@example.org'
  const answer = await browser.post(`${path}/test-sends`, { to, groups, reader: '' })
  expect(answer.status).toBe(422)
  expect(recipients()).toEqual(['ADA@example.org', 'cleo@example.org'])
  expect(answer.text).toContain('ADA@example.org: the mail server took it.')
  expect(answer.text).toContain('ben@example.org: the mail was rejected: 550 no such reader')
  expect(await world.db.selectFrom('delivery').selectAll().execute()).toEqual([])
  const audit = await world.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('action', '=', 'send-test')
    .execute()
  expect(audit).toEqual([{ detail: 'to cleo@example.org, ADA@example.org, ben@example.org' }])
})

it('is written as a subscriber who is named, and says so in the subject', async () => {
  const { path } = await draft()
  const as = 'R1.town@example.org'
  await browser.post(`${path}/test-sends`, { to: 'me@example.org', reader: as })
  expect(world.sent.at(-1)).toMatchObject({ subject: '[Test] as r1.town@example.org: Spring issue' })
  expect(world.sent.at(-1)?.text).toContain('Dear Ada, hello.')
  await browser.post(`${path}/test-sends`, { to: 'me@example.org', reader: '' })
  expect(world.sent.at(-1)).toMatchObject({ subject: '[Test] Spring issue' })
  const answer = await browser.post(`${path}/test-sends`, { to: 'me@example.org', reader: 'x@example.org' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('No subscriber has this address.')
  expect(world.sent).toHaveLength(2)
})

it('remembers for each account whom it chose last', async () => {
  const { path } = await draft()
  await browser.post('/settings/test-groups', { name: 'Team', addresses: 'ada@example.org' })
  const group = await idOfGroup()
  await browser.post(`${path}/test-sends`, { to: 'cleo@example.org', groups: group, reader: '' })
  const page = (await browser.get((await draftAgain()).path)).text
  expect(page).toContain('>cleo@example.org</textarea>')
  expect(page).toMatch(new RegExp(`value="${group}" checked`))
  const other = await signedInBrowser(world, app, 'admin')
  expect((await other.get(path)).text).not.toContain('>cleo@example.org</textarea>')
})
const draftAgain = async () => ({ path: `/issues/${(await completeDraft(world, [])).issueId}` })

it('is refused for nobody, for a broken address and for a crowd, and keeps what was typed', async () => {
  const { path } = await draft()
  const send = (to: string) => browser.post(`${path}/test-sends`, { to, reader: '' })
  expect((await send('')).text).toContain('Write an address, or choose a group.')
  const broken = await send('good@example.org, a@b')
  expect(broken.text).toContain('“a@b”: The part after the @')
  expect(broken.text).toContain('>good@example.org, a@b</textarea>')
  const crowd = Array.from({ length: 31 }, (_, number) => `p${number}@example.org`).join(' ')
  expect((await send(crowd)).text).toContain('At most 30 addresses; these are 31.')
  expect(world.sent).toEqual([])
})

it('does not flood anybody: twenty tests to an address an hour, whoever sends them', async () => {
  const { path } = await draft()
  const other = await signedInBrowser(world, app, 'admin')
  for (let number = 0; number < 20; number++)
    await (number % 2 ? other : browser).post(`${path}/test-sends`, { to: 'victim@example.org', reader: '' })
  expect(world.sent).toHaveLength(20)
  const answer = await browser.post(`${path}/test-sends`, {
    to: 'Victim@example.org me@example.org',
    reader: '',
  })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('Victim@example.org: not sent: this address has got 20 tests within an hour.')
  expect(answer.text).toContain('me@example.org: the mail server took it.')
  expect(world.sent).toHaveLength(21)
})

describe('test groups', () => {
  it('are made, changed and removed, each step noted', async () => {
    await browser.post('/settings/test-groups', {
      name: 'Team',
      addresses: 'ada@example.org, ben@example.org',
    })
    const path = `/settings/test-groups/${await idOfGroup()}`
    expect((await browser.get(path)).text).toContain('ada@example.org\nben@example.org</textarea>')
    await browser.post(path, { name: 'The team', addresses: 'ada@example.org' })
    expect((await browser.get('/settings/test-groups')).text).toContain('The team')
    await browser.post(`${path}/removal`)
    expect((await browser.get('/settings/test-groups')).text).toContain('No test group yet')
    const audit = await world.db.selectFrom('audit_entry').select('action').execute()
    expect(audit.map(({ action }) => action)).toEqual([
      'save-test-group',
      'save-test-group',
      'remove-test-group',
    ])
  })

  it('are refused by field with what was typed', async () => {
    const save = (fields: object) => browser.post('/settings/test-groups', fields)
    expect((await save({ name: '', addresses: 'x' })).text).toContain('Give the group a name.')
    expect((await save({ name: 'Team', addresses: ' ' })).text).toContain('Write at least one address.')
    await save({ name: 'Team', addresses: 'ada@example.org' })
    const twice = await save({ name: 'TEAM', addresses: 'kept@example.org' })
    expect(twice.status).toBe(422)
    expect(twice.text).toContain('There is a group of this name already.')
    expect(twice.text).toContain('kept@example.org</textarea>')
  })
})
