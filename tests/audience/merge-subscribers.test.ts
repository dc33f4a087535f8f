import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { changePreferences } from '../../src/audience/change-preferences.js'
import { confirmSubscription } from '../../src/audience/confirm-subscription.js'
import { confirmationToken } from '../../src/audience/confirmation-token.js'
import { createList } from '../../src/audience/create-list.js'
import { giveLeaveReason } from '../../src/audience/give-leave-reason.js'
import { gatherOneClicks } from '../../src/audience/leave-by-one-click.js'
import { askForLink } from '../../src/audience/mails/ask-for-link.js'
import { openMail } from '../../src/audience/mails/open-mail.js'
import { mergeSubscribers } from '../../src/audience/merge-subscribers.js'
import { requestAddressChange } from '../../src/audience/request-address-change.js'
import { endSnooze, snoozeSubscriber } from '../../src/audience/snooze-subscriber.js'
import { subscriberNotes } from '../../src/audience/subscriber-notes.js'
import { subscriberRecord } from '../../src/audience/subscriber-record.js'
import { suppressAddress } from '../../src/audience/suppress-address.js'
import { rowToken } from '../../src/audience/tokens.js'
import { unsubscribe, unsubscribeFromList } from '../../src/audience/unsubscribe.js'
import { writeNote } from '../../src/audience/write-note.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { ConflictError, ExpiredError, InvalidError, NotFoundError } from '../../src/errors.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { subscriberTimeline } from '../../src/operations/subscriber-timeline.js'
import { completeDraft } from '../helpers/sample-issue.js'
import { createAccount } from '../helpers/sign-in.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let lists: string[]
let keptId: string
let goneId: string
beforeEach(async () => {
  world = await createWorld()
  lists = []
  for (const name of ['Town', 'County', 'Land']) lists.push(await createList(world, { name }))
  keptId = await addSubscriber(world, {
    email: 'aino@work.example',
    listIds: lists.slice(0, 2),
    fields: { FIRSTNAME: 'Aino', CITY: 'Oulu' },
    note: 'form',
  })
  goneId = await addSubscriber(world, {
    email: 'aino@home.example',
    listIds: lists.slice(1),
    fields: { FIRSTNAME: 'A.', CITY: 'Turku', COUNTRY: 'Finland' },
    language: 'fi',
    note: 'fair',
  })
})
afterEach(() => world.close())

const merge = (takeFromGone: string[] = []) =>
  mergeSubscribers(world, { keptId, goneId, takeFromGone, by: null })
const onList = async (name: string) =>
  (await subscriberRecord(world, keptId)).subscriptions.find(({ listName }) => listName === name)

it('keeps the chosen values, and moves subscriptions, consents and notes', async () => {
  const { id: by } = await createAccount(world, 'coordinator')
  await writeNote(world, { subscriberId: goneId, text: 'Met at the fair.', by })
  await merge(['CITY'])
  const record = await subscriberRecord(world, keptId)
  expect(record.subscriber).toMatchObject({
    email: 'aino@work.example',
    fields: { FIRSTNAME: 'Aino', CITY: 'Turku', COUNTRY: 'Finland' },
    language: 'fi',
  })
  expect(record.subscriptions.map(({ listName, status }) => `${listName} ${status}`)).toEqual([
    'County confirmed',
    'Land confirmed',
    'Town confirmed',
  ])
  expect(await subscriberNotes(world, keptId)).toMatchObject([{ text: 'Met at the fair.' }])
  await expect(subscriberRecord(world, goneId)).rejects.toThrow(NotFoundError)
  const kinds = (await subscriberTimeline(world, keptId)).map(({ kind }) => kind).sort()
  expect(kinds).toEqual(['audit', 'consent', 'consent', 'consent', 'consent', 'known', 'note'])
})

it('lets the strictest standing win', async () => {
  await unsubscribeFromList(world, { subscriberId: goneId, listId: lists[1] ?? '', channel: 'page' })
  await suppressAddress(world, { email: 'aino@home.example', reason: 'complaint' })
  await merge()
  expect(await onList('County')).toMatchObject({ status: 'unsubscribed', unsubscribe_channel: 'page' })
  expect((await subscriberRecord(world, keptId)).suppression?.reason).toBe('complaint')
  const keys = await world.db.selectFrom('suppression').select('email_key').orderBy('email_key').execute()
  expect(keys.map(({ email_key }) => email_key)).toEqual(['aino@home.example', 'aino@work.example'])
})

it('leaves a bounce with its mailbox, and takes over the graver of two reasons', async () => {
  await suppressAddress(world, { email: 'aino@home.example', reason: 'hard-bounce' })
  await merge()
  expect((await subscriberRecord(world, keptId)).suppression).toBeNull()
  goneId = await addSubscriber(world, { email: 'aino@third.example', listIds: [], note: 'fair' })
  await suppressAddress(world, { email: 'aino@work.example', reason: 'manual', note: 'moved' })
  await suppressAddress(world, { email: 'aino@third.example', reason: 'unsubscribe-all' })
  await merge()
  const { suppression } = await subscriberRecord(world, keptId)
  expect(suppression).toMatchObject({ reason: 'unsubscribe-all', note: 'moved' })
})

it('keeps the mails of both, and lets links that lie in the other mailbox run out', async () => {
  await askForLink(world, { subscriberId: goneId, kind: 'erase', language: 'en' })
  const mailId = (world.enqueued.at(-1)?.payload as { mailId: string }).mailId
  await merge()
  const token = rowToken(world.keys, 'erase', mailId)
  await expect(openMail(world, 'erase', token)).rejects.toThrow(ExpiredError)
})

it('moves deliveries once nothing is on its way, and links in older mails work on', async () => {
  const { issueId, version } = await completeDraft(world, [lists[2] ?? ''])
  await scheduleIssue(world, { issueId, version }, null)
  await releaseDueIssues(world)
  await expect(merge()).rejects.toThrow('finding its readers')
  await fanOutIssue(world, issueId)
  await expect(merge()).rejects.toThrow(ConflictError)
  const settled = { status: 'accepted' as const, finished_at: world.clock.now() }
  await world.db.updateTable('delivery').set(settled).execute()
  await world.db.updateTable('issue').set({ status: 'sent' }).execute()
  await merge()
  const deliveries = await world.db.selectFrom('delivery').select('subscriber_id').execute()
  expect(deliveries).toEqual([{ subscriber_id: keptId }])
  const left = await unsubscribe(world, { subscriberId: goneId, issueId, channel: 'one-click' })
  expect(left.lists).toMatchObject([{ name: 'Land', isOn: false }])
  expect((await onList('Land'))?.status).toBe('unsubscribed')
})

it('follows every link in older mails to the record that stayed', async () => {
  const { issueId } = await completeDraft(world, [lists[2] ?? ''])
  await merge()
  const named = { subscriberId: goneId, issueId }
  const row = () =>
    world.db.selectFrom('subscriber').selectAll().where('id', '=', keptId).executeTakeFirstOrThrow()
  await snoozeSubscriber(world, { subscriberId: goneId, weeks: 2 })
  expect((await row()).snoozed_until).not.toBeNull()
  await endSnooze(world, named)
  expect((await row()).snoozed_until).toBeNull()
  await askForLink(world, { subscriberId: goneId, kind: 'download', language: 'en' })
  await requestAddressChange(world, { subscriberId: goneId, email: 'new@example.org', language: 'en' })
  const mails = await world.db.selectFrom('subscriber_mail').select(['subscriber_id', 'kind']).execute()
  expect(mails.map(({ kind }) => kind).sort()).toEqual(['address', 'download'])
  expect(new Set(mails.map(({ subscriber_id }) => subscriber_id))).toEqual(new Set([keptId]))
  const change = { ...named, fields: { CITY: 'Vaasa' }, consentText: 'Yes', consentLanguage: 'en' }
  await changePreferences(world, { ...change, listIds: lists })
  await gatherOneClicks(world)(named)
  expect(await onList('Land')).toMatchObject({ status: 'unsubscribed', unsubscribe_channel: 'one-click' })
  expect(await onList('Town')).toMatchObject({ status: 'confirmed' })
  await giveLeaveReason(world, { ...named, reason: 'other', note: 'Enough' })
  const reasons = await world.db.selectFrom('leave_reason').select('subscriber_id').execute()
  expect(reasons).toEqual([{ subscriber_id: keptId }])
})

it('lets a link to confirm that waits in the other mailbox run out', async () => {
  const town = lists[0] ?? ''
  await signUp(world, { email: 'aino@home.example', listIds: [town], consentText: 'Yes', language: 'en' })
  const { confirmationId } = world.enqueued.at(-1)?.payload as { confirmationId: string }
  await merge()
  const token = confirmationToken(world.keys, confirmationId)
  await expect(confirmSubscription(world, token)).rejects.toThrow(ExpiredError)
})

it('refuses one record with itself and one that is gone', async () => {
  const itself = mergeSubscribers(world, { keptId, goneId: keptId, takeFromGone: [], by: null })
  await expect(itself).rejects.toThrow(InvalidError)
  await merge()
  await expect(merge()).rejects.toThrow(NotFoundError)
})
