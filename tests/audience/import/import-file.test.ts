import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { newId } from '../../../db/uuid.js'
import { addSubscriber } from '../../../src/audience/add-subscriber.js'
import { createList } from '../../../src/audience/create-list.js'
import { forgetInImports } from '../../../src/audience/import/forget-in-imports.js'
import { type ImportChoices, readColumns } from '../../../src/audience/import/import-choices.js'
import { importFile } from '../../../src/audience/import/import-file.js'
import { inspectImport, receiveImport } from '../../../src/audience/import/receive-import.js'
import { refusedRows } from '../../../src/audience/import/refused-rows.js'
import { suppressAddress } from '../../../src/audience/suppress-address.js'
import { suppressionHash } from '../../../src/audience/suppression-hash.js'
import { unsubscribeFromList } from '../../../src/audience/unsubscribe.js'
import { importLines } from '../../helpers/import-lines.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let folder: string
let listId: string
beforeAll(async () => {
  world = await createWorld()
  folder = await mkdtemp(join(tmpdir(), 'carillon-import-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  listId = await createList(world, { name: `Readers ${newId(world.clock.now())}` })
})

type Given = Partial<ImportChoices> & { isDryRun?: boolean; name?: string }

const take = (lines: string | readonly string[], given: Given = {}) =>
  importLines(world, { folder, lines }, { listId, ...given })

async function reasons(importId: string): Promise<string[]> {
  let text = ''
  for await (const piece of refusedRows(world, importId)) text += piece
  // How the file stood is another test's matter.
  return text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.replace(',subscribed,', ','))
}

async function person(email: string) {
  return world.db.selectFrom('subscriber').selectAll().where('email_key', '=', email).executeTakeFirst()
}

async function standing(email: string) {
  return world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .selectAll('subscription')
    .where('email_key', '=', email)
    .where('list_id', '=', listId)
    .executeTakeFirst()
}

async function evidence(email: string) {
  return world.db
    .selectFrom('consent_event')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .select(['kind', 'channel', 'note', 'occurred_at'])
    .where('email_key', '=', email)
    .where('list_id', '=', listId)
    .orderBy('occurred_at')
    .execute()
}

it('takes people with their fields, language and evidence, and again changes nothing', async () => {
  const lines = [
    'E-mail,First name,Surname,City,Language,Opt-in time',
    'Ada@Example.org,Ada,Lovelace,Turku,Finnish,2024-05-31 14:00:00',
    'bo@example.org,Bo,,,,',
  ]
  const { importId, counts } = await take(lines)
  expect(counts).toEqual([2, 0, 0, 0])
  expect(await person('ada@example.org')).toMatchObject({
    email: 'Ada@example.org',
    fields: { FIRSTNAME: 'Ada', LASTNAME: 'Lovelace', CITY: 'Turku' },
    language: 'fi',
    created_at: world.clock.now(),
  })
  expect(await standing('ada@example.org')).toMatchObject({
    status: 'confirmed',
    confirmed_at: new Date('2024-05-31T14:00:00Z'),
  })
  expect(await evidence('ada@example.org')).toEqual([
    {
      kind: 'requested',
      channel: 'import',
      note: 'Trade fair 2026',
      occurred_at: new Date('2024-05-31T14:00:00Z'),
    },
    { kind: 'added', channel: 'import', note: 'Trade fair 2026', occurred_at: world.clock.now() },
  ])
  expect(
    await world.db.selectFrom('import').selectAll().where('id', '=', importId).executeTakeFirst(),
  ).toMatchObject({
    status: 'finished',
    staged: 2,
    added: 2,
  })
  expect(await world.db.selectFrom('import_row').selectAll().execute()).toEqual([])
  expect((await take(lines)).counts).toEqual([0, 0, 2, 0])
  expect(await evidence('ada@example.org')).toHaveLength(2)
})

it('never brings back who left, who has not confirmed coming back, and who must not be mailed', async () => {
  const people = ['left', 'back', 'bounced', 'erased', 'firm', 'waits', 'stays']
  for (const name of people)
    if (name !== 'erased')
      await addSubscriber(world, { email: `${name}@never.example.org`, listIds: [listId], note: 'x' })
  const idOf = async (name: string) => (await person(`${name}@never.example.org`))?.id ?? ''
  await unsubscribeFromList(world, { subscriberId: await idOf('left'), listId, channel: 'page' })
  await unsubscribeFromList(world, { subscriberId: await idOf('back'), listId, channel: 'page' })
  await world.db
    .updateTable('subscription')
    .set({ status: 'pending' })
    .where('list_id', '=', listId)
    .where('subscriber_id', 'in', [await idOf('back'), await idOf('waits')])
    .execute()
  await suppressAddress(world, { email: 'bounced@never.example.org', reason: 'hard-bounce' })
  const now = world.clock.now()
  const key = world.keys[0]
  await world.db
    .insertInto('suppression')
    .values([
      {
        id: newId(now),
        email_key: null,
        address_hash: suppressionHash(key, 'erased@never.example.org'),
        key_id: key.kid,
        domain: null,
        reason: 'erased',
        created_at: now,
      },
      {
        id: newId(now),
        email_key: null,
        address_hash: null,
        key_id: null,
        domain: 'firm.example.org',
        includes_subdomains: true,
        reason: 'manual',
        created_at: now,
      },
    ])
    .execute()
  const lines = [
    'email',
    ...people.map((name) => `${name}@never.example.org`),
    'any@firm.example.org',
    'any@mail.firm.example.org',
  ]
  const trial = await take(lines, { isDryRun: true })
  expect(trial.counts).toEqual([0, 1, 2, 6])
  const { importId, counts } = await take(lines)
  expect(counts).toEqual(trial.counts)
  expect(await reasons(importId)).toEqual([
    '2,"This person has left the list, and can come back only by signing up.",left@never.example.org',
    '3,"This person has left the list, and has not confirmed coming back.",back@never.example.org',
    '4,This address must not get mail: it is suppressed.,bounced@never.example.org',
    '5,This address must not get mail: it is suppressed.,subscribed',
    '9,This address must not get mail: it is suppressed.,any@firm.example.org',
    '10,This address must not get mail: it is suppressed.,any@mail.firm.example.org',
  ])
  expect(await standing('left@never.example.org')).toMatchObject({ status: 'unsubscribed' })
  expect(await standing('back@never.example.org')).toMatchObject({ status: 'pending' })
  expect(await standing('waits@never.example.org')).toMatchObject({ status: 'confirmed' })
  expect(await person('erased@never.example.org')).toBeUndefined()
})

it.each([
  ['leave', { FIRSTNAME: 'Ada' }, null, [0, 1, 0, 0]],
  ['fill', { FIRSTNAME: 'Ada', CITY: 'Turku' }, 'fi', [0, 1, 0, 0]],
  ['overwrite', { FIRSTNAME: 'Augusta', CITY: 'Turku' }, 'fi', [0, 1, 0, 0]],
] as const)(
  'may %s what is known already, and empties nothing',
  async (existing, fields, language, counts) => {
    const email = `ada-${existing}@example.org`
    await addSubscriber(world, { email, listIds: [], fields: { FIRSTNAME: 'Ada' }, note: 'x' })
    const lines = ['email,firstname,lastname,city,language', `${email},Augusta,,Turku,fi`]
    expect((await take(lines, { existing })).counts).toEqual(counts)
    expect(await person(email)).toMatchObject({ fields, language })
  },
)

it('counts every row once, with its line and reason', async () => {
  const lines = [
    'email,FIRSTNAME,Opt-in time',
    'one@rows.example.org,One,',
    'ONE@rows.example.org,Uno,',
    'no address,Two,',
    ',Three,',
    'four@rows.example.org,"Four,',
    'five@rows.example.org',
    'six@rows.example.org,Six,,seven',
    '',
    'eight@rows.example.org,Eight,2024-02-30',
    'nine@rows.example.org,Nine,2099-01-01',
    `ten@rows.example.org,${'x'.repeat(501)},`,
    'eleven@rows.example.org,Eleven,,',
    "'=twelve@rows.example.org,'=Twelve,",
  ]
  const { importId, counts } = await take(lines)
  expect(counts).toEqual([3, 0, 0, 10])
  expect(await reasons(importId)).toEqual([
    '3,This address stands in line 2 already.,ONE@rows.example.org,Uno,',
    '4,An e-mail address has no spaces or invisible characters.,no address,Two,',
    '5,There is no e-mail address in this row.,,Three,',
    '6,The quotation marks of this line do not fit together.,four@rows.example.org,"""Four",',
    '7,"This row has 1 cell, the header has 3.",five@rows.example.org',
    '8,"This row has 4 cells, the header has 3.",six@rows.example.org,Six,,seven',
    '9,This line is empty.,',
    '10,When they asked to join: “2024-02-30” is no time such as 2024-05-31 14:00.,eight@rows.example.org,Eight,2024-02-30',
    '11,When they asked to join: This time lies in the future.,nine@rows.example.org,Nine,2099-01-01',
    expect.stringContaining('12,First name: Keep this below 500 characters.'),
  ])
  expect(await person('=twelve@rows.example.org')).toMatchObject({ fields: { FIRSTNAME: '=Twelve' } })
})

it('lets the strictest of several rows of an address count, wherever it stands', async () => {
  const lines = [
    'email,status',
    'a@strict.example.org,subscribed',
    'b@strict.example.org,unsubscribed',
    'a@strict.example.org,unsubscribed',
    'b@strict.example.org,subscribed',
    'a@strict.example.org,bounced',
    'c@strict.example.org,pending',
    'd@strict.example.org,blocklisted',
  ]
  expect((await take(lines, { isDryRun: true })).counts).toEqual([3, 2, 0, 2])
  expect((await take(lines)).counts).toEqual([3, 2, 0, 2])
  expect(await standing('a@strict.example.org')).toMatchObject({ status: 'unsubscribed' })
  expect(await standing('b@strict.example.org')).toMatchObject({ status: 'unsubscribed', confirmed_at: null })
  expect(await person('d@strict.example.org')).toBeUndefined()
  const suppressed = await world.db
    .selectFrom('suppression')
    .select(['email_key', 'reason'])
    .where('email_key', 'like', '%@strict.example.org')
    .orderBy('email_key')
    .execute()
  expect(suppressed).toEqual([
    { email_key: 'a@strict.example.org', reason: 'hard-bounce' },
    { email_key: 'd@strict.example.org', reason: 'unsubscribe-all' },
  ])
  expect((await take(lines)).counts).toEqual([0, 0, 4, 3])
})

it('tries without changing anything', async () => {
  const lines = ['email', 'trial@example.org']
  const { counts, importId } = await take(lines, { isDryRun: true })
  expect(counts).toEqual([1, 0, 0, 0])
  expect(await person('trial@example.org')).toBeUndefined()
  expect(
    await world.db.selectFrom('import_row').selectAll().where('import_id', '=', importId).execute(),
  ).toEqual([])
})

it('reads columns as it is told to, and says when it cannot know the addresses', async () => {
  await expect(take(['Anschrift,Town', 'x@map.example.org,Turku'])).rejects.toMatchObject({
    issues: { columns: 'Say which column of people.csv holds the e-mail addresses: Anschrift, Town.' },
  })
  const fields = await world.db.selectFrom('field').selectAll().execute()
  const columns = readColumns(
    [
      ['Anschrift', 'email'],
      ['Town', 'city'],
    ],
    fields,
  )
  expect((await take(['Anschrift,Town', 'x@map.example.org,Turku'], { columns })).counts).toEqual([
    1, 0, 0, 0,
  ])
  expect(await person('x@map.example.org')).toMatchObject({ fields: { CITY: 'Turku' } })
  await expect(take(['email', 'y@example.org'], { source: ' ' })).rejects.toMatchObject({
    issues: { source: 'Say where these people agreed to get mail.' },
  })
  // Without a header the first line is a person, too.
  expect(
    (await take(['z@map.example.org;Zoe'], { columns: { 'Column 2': 'field:FIRSTNAME' } })).counts,
  ).toEqual([1, 0, 0, 0])
})

it.each([
  ['a single row without a line end', 'Email\na@head.example.org', [1, 0, 0, 0]],
  ['a separator line', 'sep=;\nEmail;City\na@head.example.org;Turku', [1, 0, 0, 0]],
  ['a title above', 'Readers, spring; all\n\nEmail;City\na@head.example.org;Turku\n', [1, 0, 0, 0]],
  [
    'a title that names addresses',
    'E-mail: readers of spring\nEmail;City\na@head.example.org;Turku\n',
    [1, 0, 0, 0],
  ],
  ['the state of a country', 'Email,State\na@head.example.org,California\n', [1, 0, 0, 0]],
  ['a status that is one', 'Email,Status\na@head.example.org,left\nb@head.example.org,x\n', [1, 0, 0, 1]],
  ['a status of something else', 'Email,Status\na@head.example.org,married\n', [1, 0, 0, 0]],
])('finds the people below %s', async (_what, given, counts) => {
  const town = `head${newId(world.clock.now())}`
  const text = given.replaceAll('@head', `@${town}`)
  const { counts: found } = await take(text)
  expect(found).toEqual(counts)
  if (text.includes('Turku'))
    expect(await person(`a@${town}.example.org`)).toMatchObject({ fields: { CITY: 'Turku' } })
})

it('fills no field that is out of use', async () => {
  const archive = (moment: Date | null) =>
    world.db.updateTable('field').set({ archived_at: moment }).where('key', '=', 'CITY').execute()
  await archive(world.clock.now())
  await take(['email,city', 'a@archived.example.org,Turku'])
  expect(await person('a@archived.example.org')).toMatchObject({ fields: {} })
  await archive(null)
})

it('gives up what breaks off five times without coming any further', async () => {
  const path = join(folder, 'broken.csv')
  await writeFile(path, 'email\na@broken.example.org\n')
  const choices = { listId, source: 'Broken', existing: 'fill' as const, columns: {}, path, isDryRun: false }
  const nowhere = { ...world, store: { databaseUrl: 'postgres://localhost:1/none' } }
  for (let run = 1; run <= 5; run++) await expect(importFile(nowhere, choices)).rejects.toThrow()
  const ended = await world.db
    .selectFrom('import')
    .select(['status', 'problem'])
    .where('source', '=', 'Broken')
    .execute()
  expect(ended).toEqual([{ status: 'failed', problem: expect.stringContaining('broke off five times') }])
})

it('forgets a person who is erased in the rows that were refused', async () => {
  const { importId } = await take([
    'email,city',
    `kept@erased.example.org,${'x'.repeat(501)}`,
    'gone@erased.example.org,',
    'gone@erased.example.org,',
  ])
  await world.db.transaction().execute((tx) => forgetInImports(tx, 'gone@erased.example.org'))
  expect((await reasons(importId)).join()).not.toContain('gone@erased')
  expect(await reasons(importId)).toHaveLength(1)
})

it('forgets the draft that holds a person who is erased, and no other', async () => {
  const account = await world.db.selectFrom('account').select('id').executeTakeFirst()
  const draft = async (bytes: Buffer) => {
    const pieces = [bytes.subarray(0, 12), bytes.subarray(12)]
    const id = await receiveImport(world, {
      name: 'd.csv',
      bytes: Readable.from(pieces),
      by: account?.id ?? null,
    })
    await inspectImport(world, id)
    return id
  }
  const theirs = await draft(Buffer.from('\ufeffemail\nGone@draft.example.org\n', 'utf16le'))
  const other = await draft(Buffer.from('email\nkept@draft.example.org\n'))
  await world.db.transaction().execute((tx) => forgetInImports(tx, 'gone@draft.example.org'))
  const left = await world.db.selectFrom('import').select('id').where('id', 'in', [theirs, other]).execute()
  expect(left).toEqual([{ id: other }])
})

it('goes on with the same file where an earlier run was cut off', async () => {
  const lines = [
    'email',
    ...Array.from({ length: 12_000 }, (_, at) => `reader${at}@cut.example.org`),
    'reader1@cut.example.org',
  ]
  const path = join(folder, 'cut.csv')
  await writeFile(path, `${lines.join('\n')}\n`)
  const choices = { listId, source: 'Cut', existing: 'fill' as const, columns: {}, path, isDryRun: false }
  const away = { ...world, store: { databaseUrl: world.databaseUrl } }
  const broken = { ...world, db: world.db, clock: { now: failingAfter(3) } }
  await expect(importFile(broken, choices)).rejects.toThrow('cut off')
  const half = await world.db
    .selectFrom('import')
    .selectAll()
    .where('source', '=', 'Cut')
    .executeTakeFirstOrThrow()
  expect(half.status).toBe('running')
  const { importId, counts } = await importFile(away, choices)
  expect(importId).toBe(half.id)
  expect(counts).toEqual({ added: 12_000, updated: 0, unchanged: 0, refused: 1 })
})

function failingAfter(calls: number): () => Date {
  let left = calls
  return () => {
    if (left-- <= 0) throw new Error('cut off')
    return world.clock.now()
  }
}
