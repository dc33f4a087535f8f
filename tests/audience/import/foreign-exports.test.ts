import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { createList } from '../../../src/audience/create-list.js'
import { exportSubscribers } from '../../../src/audience/export/export-subscribers.js'
import { judgeFile, recogniseService } from '../../../src/audience/import/columns/recognise-service.js'
import { importFile } from '../../../src/audience/import/import-file.js'
import { refusedRows } from '../../../src/audience/import/refused-rows.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let folder: string
beforeAll(async () => {
  world = await createWorld()
  folder = await mkdtemp(join(tmpdir(), 'carillon-foreign-'))
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

type More = Partial<Pick<Parameters<typeof importFile>[1], 'only' | 'standing' | 'said'>>

async function take(name: string, bytes: string | Buffer, listName: string, more: More = {}) {
  const path = join(folder, name)
  await writeFile(path, bytes)
  const listId = await createList(world, { name: listName })
  const choices = { listId, source: `Moved to ${listName}`, existing: 'fill' as const, columns: {}, ...more }
  return { listId, ...(await importFile(world, { ...choices, path, isDryRun: false })) }
}

async function people(listId: string) {
  return world.db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscriber_id')
    .select(['email', 'fields', 'status', 'confirmed_at', 'unsubscribed_at'])
    .where('list_id', '=', listId)
    .orderBy('email_key')
    .execute()
}

async function suppressions(domain: string) {
  return world.db
    .selectFrom('suppression')
    .select(['email_key', 'reason'])
    .where('email_key', 'like', `%@${domain}`)
    .orderBy('email_key')
    .execute()
}

async function text(pieces: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const piece of pieces) whole += piece
  return whole
}

const MEMBERS =
  'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID'

it('takes a Mailchimp ZIP whole: who subscribed, who left, who bounced, and nobody else', async () => {
  const zip = zipOf({
    'subscribed_members_export_1.csv': `${MEMBERS}\nada@mc.example.org,Ada,L,2,,,"2020-01-02 03:04:05",192.0.2.7,1,a\n`,
    'unsubscribed_members_export_1.csv': `${MEMBERS},UNSUB_TIME\nbo@mc.example.org,Bo,M,2,,,,,2,b,"2021-01-02 03:04:05"\n`,
    'cleaned_members_export_1.csv': `${MEMBERS},CLEAN_TIME\ncy@mc.example.org,Cy,N,2,,,,,3,c,"2021-01-02 03:04:05"\n`,
    'nonsubscribed_members_export_1.csv': `${MEMBERS}\ndi@mc.example.org,Di,O,2,,,,,4,d\n`,
    '__MACOSX/._x.csv': 'no',
    'read me.pdf': 'no',
  })
  const { listId, counts, importId } = await take('audience.zip', zip, 'Mailchimp')
  expect(counts).toEqual({ added: 3, updated: 0, unchanged: 0, refused: 1 })
  expect(await people(listId)).toMatchObject([
    { email: 'ada@mc.example.org', status: 'confirmed', confirmed_at: new Date('2020-01-02T03:04:05Z') },
    { email: 'bo@mc.example.org', status: 'unsubscribed', unsubscribed_at: new Date('2021-01-02T03:04:05Z') },
  ])
  expect(await suppressions('mc.example.org')).toEqual([
    { email_key: 'cy@mc.example.org', reason: 'hard-bounce' },
  ])
  const refused = await text(refusedRows(world, importId))
  expect(refused).toContain(
    '2,This person was not subscribed there.,nonsubscribed,nonsubscribed_members_export_1.csv,di@mc.example.org,Di',
  )
  const kept = await world.db.selectFrom('consent_event').selectAll().where('list_id', '=', listId).execute()
  expect(JSON.stringify(kept)).not.toContain('192.0.2.7')
  expect(kept.map(({ kind }) => kind).sort()).toEqual(['added', 'confirmed', 'withdrawn'])
})

it('takes a listmonk export with its attributes and states', async () => {
  const rows = [
    'uuid,email,name,attributes,status,created_at,updated_at',
    '1,ada@lm.example.org,Ada King Lovelace,"{""city"": ""Turku"", ""other"": 1}",enabled,2020-01-02,2020-01-02',
    '2,bo@lm.example.org,Bo,{},blocklisted,2020-01-02,2020-01-02',
    '3,cy@lm.example.org,Cy,{},disabled,2020-01-02,2020-01-02',
    '4,di@lm.example.org,Di,{nonsense,enabled,2020-01-02,2020-01-02',
  ]
  const { listId, counts } = await take('listmonk.csv', rows.join('\n'), 'listmonk')
  expect(counts).toEqual({ added: 3, updated: 0, unchanged: 0, refused: 1 })
  expect(await people(listId)).toMatchObject([
    { fields: { FIRSTNAME: 'Ada King', LASTNAME: 'Lovelace', CITY: 'Turku' }, status: 'confirmed' },
    { email: 'cy@lm.example.org', status: 'unsubscribed' },
  ])
  expect(await suppressions('lm.example.org')).toEqual([
    { email_key: 'bo@lm.example.org', reason: 'unsubscribe-all' },
  ])
})

it('takes a Brevo export in an old encoding, separated by semicolons', async () => {
  const rows = [
    'CONTACT ID;EMAIL;FIRSTNAME;LASTNAME;DOUBLE_OPT-IN;EMAIL_BLACKLISTED',
    '1;ada@br.example.org;Päivi;Lovelace;1;no',
    '2;bo@br.example.org;Bo;;1;yes',
  ]
  const { listId, counts } = await take('brevo.csv', Buffer.from(rows.join('\r\n'), 'latin1'), 'Brevo')
  expect(counts).toEqual({ added: 2, updated: 0, unchanged: 0, refused: 0 })
  expect(await people(listId)).toMatchObject([{ fields: { FIRSTNAME: 'Päivi' }, status: 'confirmed' }])
  expect(await suppressions('br.example.org')).toEqual([
    { email_key: 'bo@br.example.org', reason: 'unsubscribe-all' },
  ])
})

it('takes back what it has exported, formulas and all', async () => {
  const rows = [
    'email,firstname,city',
    "eve@own.example.org,'=1+1,",
    '\'+eve@own.example.org,"a ""b"", c",\'-5',
  ]
  const { listId } = await take('own.csv', rows.join('\n'), 'Own')
  const exported = await text(exportSubscribers(world.db, { listId }))
  expect(exported).toContain("\r\n'+eve@own.example.org,,")
  expect(exported).toContain("'=1+1")
  const second = await take('again.csv', exported, 'Again')
  expect(second.counts).toEqual({ added: 0, updated: 2, unchanged: 0, refused: 0 })
  const fieldsOf = async (id: string) => (await people(id)).map(({ email, fields }) => ({ email, fields }))
  expect(await fieldsOf(second.listId)).toEqual(await fieldsOf(listId))
  expect(await text(exportSubscribers(world.db, { search: 'eve@own' }))).toContain('eve@own.example.org')
  expect(
    (await text(exportSubscribers(world.db, { listId, status: 'pending' }))).trim().split('\r\n'),
  ).toHaveLength(1)
})

it.each([
  ['workbook.zip', zipOf({ '[Content_Types].xml': '<x/>' }), /workbook/],
  ['none.zip', zipOf({ 'a.pdf': 'x' }), /no CSV file/],
  ['torn.zip', zipOf({ 'a.csv': 'email\n' }).subarray(0, 40), /damaged/],
  ['empty.csv', '', /empty/],
  [
    'picture.csv',
    Buffer.from([1, 2, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]),
    /no text|column/,
  ],
])('refuses %s with a sentence', async (name, bytes, sentence) => {
  await expect(take(name, bytes, name)).rejects.toThrow(sentence)
})

it('knows a service by its columns, and what a file says of everybody in it', () => {
  expect(recogniseService(MEMBERS.split(','))).toBe('Mailchimp')
  expect(recogniseService(['email', 'name'])).toBeNull()
  expect(recogniseService(['EMAIL', 'ADDED_TIME', 'MODIFIED_TIME'])).toBe('Brevo')
  const members = MEMBERS.split(',')
  expect(judgeFile('unsubscribed_x.csv', members)).toBe('unsubscribed')
  expect(judgeFile('folder/cleaned_email_audience_export_1.csv', ['email'])).toBe('bounced')
  expect(judgeFile('people.csv', [...members, 'UNSUB_TIME'])).toBe('unsubscribed')
  expect(judgeFile('people.csv', [...members, 'CLEAN_TIME'])).toBe('bounced')
  // Anybody may call a file or a column so.
  expect(judgeFile('Cleaned list spring.csv', ['email'])).toBe('subscribed')
  expect(judgeFile('unsubscribed.csv', ['email', 'UNSUB_TIME'])).toBe('subscribed')
  expect(judgeFile('subscribed_members_export_1.csv', [...members, 'UNSUB_TIME'])).toBe('subscribed')
  expect(judgeFile('people.csv', ['email', 'STATUS', 'UNSUB_TIME'])).toBe('subscribed')
})

it('judges each row of those who are subscribed by its own time of leaving', async () => {
  const { listId } = await take(
    'subscribed_members_export_2.csv',
    `${MEMBERS},UNSUB_TIME\nada@own-time.example.org,Ada,L,2,,,,,1,a,\nbo@own-time.example.org,Bo,M,2,,,,,2,b,2021-01-02\n`,
    'Own times',
  )
  expect(await people(listId)).toMatchObject([{ status: 'confirmed' }, { status: 'unsubscribed' }])
})

it('takes a file of refused rows as its own file stood, also when they are refused again', async () => {
  const left = await take(
    'unsubscribed_members_export_3.csv',
    `${MEMBERS},UNSUB_TIME\nno address,Ada,L,2,,,,,1,a,\n`,
    'Refused once',
  )
  const once = await text(refusedRows(world, left.importId))
  const again = await take('refused.csv', once, 'Refused again')
  const twice = await text(refusedRows(world, again.importId))
  expect(twice.split('\r\n')[0]?.match(/Standing|Refused because/g)).toHaveLength(2)
  const mended = await take('mended.csv', twice.replace('no address', 'ada@again.example.org'), 'Mended')
  expect(await people(mended.listId)).toMatchObject([
    { email: 'ada@again.example.org', status: 'unsubscribed', fields: { FIRSTNAME: 'Ada' } },
  ])
})

it('keeps every cell of what a ZIP has refused, in one column what is the same, and nothing of networks', async () => {
  const { importId } = await take(
    'two.zip',
    zipOf({
      'a.csv': 'E-mail,City,OPTIN_IP\nada@two.example.org,Oulu,192.0.2.7,more\nno address,Turku,192.0.2.8\n',
      'b.csv': 'Sähköposti,City\nneither,Rauma\n',
      'empty.csv': '',
      'README.txt': 'Nothing here, really.\n',
    }),
    'Two files',
  )
  const refused = await text(refusedRows(world, importId))
  expect(refused.split('\r\n')[0]).toBe('Line,Refused because,Standing,File,E-mail,City,OPTIN_IP')
  expect(refused).toContain('subscribed,a.csv,ada@two.example.org,Oulu,,more')
  expect(refused).toContain('subscribed,a.csv,no address,Turku,\r\n')
  expect(refused).toContain('subscribed,b.csv,neither,Rauma,\r\n')
  expect(refused).not.toContain('192.0.2')
})

it('takes of a ZIP only the files that are named, and of a file what is said of it', async () => {
  const zip = zipOf({ 'a.csv': 'email\na@only.example.org\n', 'b.csv': 'email\nb@only.example.org\n' })
  await expect(take('only.zip', zip, 'Only', { only: ['c.csv'] })).rejects.toMatchObject({
    issues: { only: 'There is no file c.csv in this import.' },
  })
  const { listId } = await take('only.zip', zip, 'Only b', { only: ['b.csv'], standing: 'unsubscribed' })
  expect(await people(listId)).toMatchObject([{ email: 'b@only.example.org', status: 'unsubscribed' }])
  const strange = Buffer.from('email\tetunimi\nada@said.example.org\tŽ;x\n'.replace('Ž', '?'))
  strange[strange.indexOf('?')] = 0x8e
  const said = { encoding: 'windows-1250' as const, delimiter: '\t' }
  const read = await take('said.csv', strange, 'Said', { said })
  expect(await people(read.listId)).toMatchObject([{ fields: { FIRSTNAME: 'Ž;x' } }])
})

it('reads what Brevo and listmonk say of consent', async () => {
  const brevo = [
    'EMAIL,FIRSTNAME,DOUBLE_OPT-IN,OPT_IN,ADDED_TIME,MODIFIED_TIME',
    'ada@consent.example.org,Ada,1,yes,31-05-2023 10:00:00,01-06-2023',
    'bo@consent.example.org,Bo,,0,31-05-2023 10:00:00,01-06-2023',
  ]
  const { listId, counts } = await take('consent.csv', brevo.join('\n'), 'Brevo consent')
  expect(counts).toMatchObject({ added: 1, refused: 1 })
  const kinds = await world.db
    .selectFrom('consent_event')
    .select(['kind', 'occurred_at'])
    .where('list_id', '=', listId)
    .orderBy('occurred_at')
    .orderBy('kind')
    .execute()
  const then = new Date('2023-05-31T10:00:00Z')
  expect(kinds).toEqual([
    { kind: 'confirmed', occurred_at: then },
    { kind: 'requested', occurred_at: then },
    { kind: 'added', occurred_at: world.clock.now() },
  ])
  const listmonk = await take(
    'lm.csv',
    'uuid,email,name,attributes,status,created_at\n1,cy@consent.example.org,Cy,{},enabled,2023-01-02 03:04:05.678901 +0300 EEST\n',
    'listmonk consent',
  )
  expect(await people(listmonk.listId)).toMatchObject([{ confirmed_at: new Date('2023-01-02T00:04:05Z') }])
})

/** A ZIP of these files (APPNOTE 4.3). */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, words] of Object.entries(files)) {
    const bytes = Buffer.from(words)
    const packed = deflateRawSync(bytes)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(bytes.length, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    central.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), facts, tail, Buffer.from(name)]),
    )
    parts.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(central.length, 4)
  end.writeUInt16LE(central.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006'), end])
}
