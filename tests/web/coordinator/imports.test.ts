import request from 'supertest'
import { createList } from '../../../src/audience/create-list.js'
import { runImport } from '../../../src/audience/import/run-import.js'
import { createSegment } from '../../../src/audience/segments/save-segment.js'
import { SegmentTree } from '../../../src/audience/segments/segment-tree.js'
import { createApp } from '../../../src/web/app.js'
import { type Browser, signedInBrowser } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let app: ReturnType<typeof createApp>
let aino: Browser
let csrf: string
let listId: string
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
  aino = await signedInBrowser(world, app, 'coordinator')
  const session = await world.db.selectFrom('session').select('csrf_token').executeTakeFirstOrThrow()
  csrf = session.csrf_token
  listId = await createList(world, { name: 'Readers' })
})
afterAll(() => world.close())

const upload = (name: string, text: string, token = csrf) =>
  request(app)
    .post('/subscribers/import')
    .set('Cookie', aino.cookie)
    .field('_csrf', token)
    .attach('file', Buffer.from(text), name)

const ROWS = 'E-mail,Town\nada@web.example.org,Turku\nno address,Rauma\n'

it('takes a file from its upload to the people in it', async () => {
  const uploaded = await upload('people.csv', ROWS)
  expect(uploaded.status).toBe(303)
  const path = String(uploaded.headers['location'])
  const id = path.split('/').at(-1) ?? ''
  const draft = await aino.get(path)
  expect(draft.status).toBe(200)
  expect(draft.text).toContain('An e-mail address has no spaces')
  const choices = { 'column:E-mail': 'email', 'column:Town': 'field:CITY', existing: 'fill', source: 'Fair' }
  const unready = await aino.post(path, { ...choices, then: 'check' })
  expect(unready.status).toBe(422)
  expect(unready.text).toContain('Choose the list that they go to.')
  expect((await aino.post(path, { ...choices, listId, then: 'check' })).status).toBe(303)
  expect((await aino.get(path)).text).toContain('tried without changing anything')
  expect(world.enqueued.at(-1)).toMatchObject({ name: 'run-import', payload: { importId: id } })
  await runImport(world, id)
  expect((await aino.get(path)).text).toContain('What would happen')
  expect((await aino.get(`${path}/refused.csv`)).text).toContain('no address,Rauma')
  expect((await aino.post(path, { ...choices, listId, then: 'start' })).status).toBe(303)
  await runImport(world, id)
  const result = await aino.get(path)
  expect(result.text).toContain('finished')
  expect((await aino.get(`${path}/progress`)).text).toContain('event: finished')
  const found = await world.db.selectFrom('subscriber').selectAll().executeTakeFirst()
  expect(found).toMatchObject({ email: 'ada@web.example.org', fields: { CITY: 'Turku' } })
  expect(await world.db.selectFrom('import_file').select('no').execute()).toEqual([])
  expect((await aino.get('/subscribers/import')).text).toContain('people.csv')
  const audit = await world.db.selectFrom('audit_entry').select('action').execute()
  expect(audit).toEqual([{ action: 'import-subscribers' }])
  const exported = await aino.get(`/subscribers/export.csv?list=${listId}`)
  expect(exported.text).toMatch(/^\ufeffEMAIL,/)
  expect(exported.text).toContain('ada@web.example.org')
  const tree = SegmentTree.parse({ match: 'all', parts: [{ about: 'language-known', test: 'unknown' }] })
  const segment = await createSegment(world, { name: 'Speechless', tree, by: null })
  const page = await aino.get(`/subscribers?q=ada&list=${listId}&segment=${segment}`)
  expect(page.text).toContain(
    `/subscribers/export.csv?q&#x3D;ada&amp;list&#x3D;${listId}&amp;segment&#x3D;${segment}`,
  )
})

it('takes what is chosen for a file: what it says of everybody, its letters and separator', async () => {
  const path = String(
    (await upload('odd.csv', 'E-mail;Etunimi|x\nbo@odd.example.org;Bo|y\n')).headers['location'],
  )
  const id = path.split('/').at(-1) ?? ''
  expect((await aino.get(path)).text).toContain('What this file says of its people')
  const choices = { existing: 'fill', source: 'Fair', listId }
  const file = { 'standing:0': 'unsubscribed', 'encoding:0': 'windows-1250', 'delimiter:0': ';' }
  await aino.post(path, { ...choices, ...file, 'delimiter:0': '|', then: 'save' })
  const other = await aino.get(path)
  expect(other.text).toContain('check the letters')
  expect(other.text).toContain('column:E-mail;Etunimi')
  await aino.post(path, { ...choices, ...file, then: 'start' })
  await runImport(world, id)
  const bo = await world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .select('status')
    .where('email_key', '=', 'bo@odd.example.org')
    .execute()
  expect(bo).toEqual([{ status: 'unsubscribed' }])
})

it('asks of an export that does not say who left whether somebody looked for them', async () => {
  const text = 'EMAIL,ADDED_TIME,MODIFIED_TIME\ncy@brevo.example.org,01-02-2023 10:00:00,\n'
  const path = String((await upload('brevo.csv', text)).headers['location'])
  expect((await aino.get(path)).text).toContain('does not say who has left a list')
  const choices = { existing: 'fill', source: 'Brevo', listId, then: 'start' }
  const refused = await aino.post(path, choices)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Say that you have looked for those who left.')
  expect((await aino.post(path, { ...choices, leavers: 'yes' })).status).toBe(303)
})

it('stops an import, and forgets a draft', async () => {
  const path = String((await upload('stop.csv', ROWS)).headers['location'])
  const choices = { 'column:E-mail': 'email', existing: 'fill', source: 'Fair', listId }
  await aino.post(path, { ...choices, then: 'start' })
  await aino.post(`${path}/stopping`)
  await runImport(world, path.split('/').at(-1) ?? '')
  expect((await aino.get(path)).text).toContain('stopped')
  const other = String((await upload('other.csv', ROWS)).headers['location'])
  expect((await aino.post(`${other}/removal`)).status).toBe(303)
  expect((await aino.get(other)).status).toBe(404)
})

it('keeps nothing of a form from elsewhere, nor of a file that is no table', async () => {
  const before = await world.db.selectFrom('import').select('id').execute()
  expect((await upload('forged.csv', ROWS, 'forged')).status).toBe(403)
  const refused = await upload('empty.csv', '')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('This file is empty.')
  expect(await world.db.selectFrom('import').select('id').execute()).toHaveLength(before.length)
})

it('is for coordinators only', async () => {
  const partner = await signedInBrowser(world, app, 'partner')
  expect((await partner.get('/subscribers/import')).status).toBe(403)
  expect((await partner.get('/subscribers/export.csv')).status).toBe(403)
})
