import { sql } from 'kysely'
import { addressTraces, mentions } from '../../src/address-traces.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { beginBulkAct } from '../../src/audience/bulk/begin-bulk-act.js'
import { runBulkAct } from '../../src/audience/bulk/run-bulk-act.js'
import { changeAddress } from '../../src/audience/change-address.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseAddress, eraseSubscriber } from '../../src/audience/erase-subscriber.js'
import { isFormerAddress } from '../../src/audience/former-addresses.js'
import { mergeSubscribers } from '../../src/audience/merge-subscribers.js'
import { personalData } from '../../src/audience/personal-data.js'
import { requestAddressChange } from '../../src/audience/request-address-change.js'
import { isSuppressed } from '../../src/audience/suppress-address.js'
import { rowToken } from '../../src/audience/tokens.js'
import { unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { writeNote } from '../../src/audience/write-note.js'
import { captureMail } from '../../src/capture-mail.js'
import { composeMail } from '../../src/smtp/nodemailer-mailer.js'
import { databaseDump } from '../helpers/everything-kept.js'
import { createAccount } from '../helpers/sign-in.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const GONE = 'Quill.Featherstone@home.example'
const GONE_KEY = GONE.toLowerCase()
const KEPT = 'q.plume@work.example'

let world: World
let listId: string
let keptId: string
beforeEach(async () => {
  world = await createWorld()
  listId = await createList(world, { name: 'Readers', optIn: 'single' })
  keptId = await addSubscriber(world, { email: KEPT, listIds: [], note: 'form' })
})
afterEach(() => world.close())

const add = (email: string) => addSubscriber(world, { email, listIds: [listId], note: 'old file' })
const statusOf = async (emailKey: string) => {
  const row = await world.db
    .selectFrom('subscriber')
    .leftJoin('subscription', 'subscription.subscriber_id', 'subscriber.id')
    .select('status')
    .where('email_key', '=', emailKey)
    .executeTakeFirst()
  return row?.status
}
const isGivenUp = async (emailKey: string) => {
  const { rows } = await sql<{ is: boolean }>`
    select ${sql.raw(isFormerAddress('k.key'))} as is from (values (${emailKey})) k (key)`.execute(world.db)
  return rows[0]?.is
}
async function mergeGone(): Promise<void> {
  const goneId = await add(GONE)
  await unsubscribeFromList(world, { subscriberId: goneId, listId, channel: 'page' })
  await mergeSubscribers(world, { keptId, goneId, takeFromGone: [], by: null })
}
async function changeTo(subscriberId: string, email: string): Promise<void> {
  world.clock.advance(3_600_000)
  await requestAddressChange(world, { subscriberId, email, language: 'en' })
  const { mailId } = world.enqueued.at(-1)?.payload as { mailId: string }
  await changeAddress(world, 'address', rowToken(world.keys, 'address', mailId))
}
async function signUpAgain(): Promise<string> {
  await signUp(world, { email: GONE, listIds: [listId], consentText: 'Yes', language: 'en' })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  return confirmationToken(world.keys, confirmationId)
}

it('adds nobody with an address that was merged away, until its reader has signed up and confirmed it', async () => {
  await mergeGone()
  await expect(add(GONE)).rejects.toThrow('given up')
  const token = await signUpAgain()
  expect(await statusOf(GONE_KEY)).toBe('pending')
  await expect(add(GONE)).rejects.toThrow('given up')
  world.clock.advance(60_000)
  const what = { kind: 'add-to-list', listId, note: 'old file' } as const
  const actId = await beginBulkAct(world, { what, scope: { search: 'quill' }, expected: null, by: null })
  await runBulkAct(world, actId)
  expect(await statusOf(GONE_KEY)).toBe('pending')
  await confirmSubscription(world, token)
  expect(await statusOf(GONE_KEY)).toBe('confirmed')
  expect(await isGivenUp(GONE_KEY)).toBe(false)
  expect((await personalData(world, keptId)).former_addresses).toEqual([])
})

it('adds nobody with an address that was changed, and knows it again when it is changed back', async () => {
  const id = await add(GONE)
  await changeTo(id, 'plume@third.example')
  await expect(add(GONE)).rejects.toThrow('given up')
  expect((await personalData(world, id)).former_addresses).toEqual([GONE])
  await changeTo(id, GONE)
  expect((await personalData(world, id)).former_addresses).toEqual(['plume@third.example'])
  expect(await add(GONE)).toBe(id)
})

it('erases a person with every address that they had, and keeps the hash of each', async () => {
  await mergeGone()
  const { id: by } = await createAccount(world, 'coordinator')
  await writeNote(world, { subscriberId: keptId, text: `Was ${GONE} before`, by })
  const other = await addSubscriber(world, { email: 'bo@example.org', listIds: [], note: `knows ${GONE}` })
  const mail = composeMail({
    from: { name: 'Makers', address: 'news@makers.example' },
    to: { name: '', address: GONE },
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    messageId: '<1@makers.example>',
    date: new Date(0),
    headers: {},
    envelope: { from: 'news@makers.example', to: GONE },
  })
  await captureMail(world, { recipient: GONE, message: await mail, issueId: null })
  await signUpAgain()
  const forgotten: string[] = []
  world.keptMail = { forget: async (spellings) => forgotten.push(...spellings) }
  await eraseSubscriber(world, { subscriberId: keptId, by: null })
  const traces = addressTraces([GONE, GONE_KEY, KEPT, 'featherstone', 'q.plume'])
  expect(mentions(await databaseDump(world.db), traces)).toBe(false)
  expect(forgotten).toEqual([KEPT, GONE, GONE_KEY])
  expect(world.journaled).toHaveLength(2)
  expect(await isSuppressed(world, GONE_KEY)).toBe(true)
  expect(await isSuppressed(world, KEPT)).toBe(true)
  const left = await world.db.selectFrom('subscriber').select('id').execute()
  expect(left).toEqual([{ id: other }])
})

it('erases an address that somebody had before without the person', async () => {
  await mergeGone()
  expect(await eraseAddress(world, { email: GONE, by: null })).toEqual({ wasSubscriber: false })
  expect(mentions(await databaseDump(world.db), addressTraces([GONE, GONE_KEY]))).toBe(false)
  expect(await statusOf(KEPT)).toBe('unsubscribed')
})
