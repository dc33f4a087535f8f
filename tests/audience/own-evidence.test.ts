import { sql } from 'kysely'
import { newId } from '../../db/uuid.js'
import { addSubscriber } from '../../src/audience/add-subscriber.js'
import { consentEvidence } from '../../src/audience/consent-evidence.js'
import { createList } from '../../src/audience/create-list.js'
import { eraseSubscriber } from '../../src/audience/erase-subscriber.js'
import { giveLeaveReason } from '../../src/audience/give-leave-reason.js'
import { ListForm } from '../../src/audience/list-form.js'
import { askForLink } from '../../src/audience/mails/ask-for-link.js'
import { personalData, personalDataCsv } from '../../src/audience/personal-data.js'
import { reviseList } from '../../src/audience/revise-list.js'
import { sendConfirmation } from '../../src/audience/send-confirmation.js'
import { writeNote } from '../../src/audience/write-note.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue, said } from '../helpers/sent-issue.js'
import { createAccount } from '../helpers/sign-in.js'
import { signUp } from '../helpers/sign-up.js'
import { createWorld, type World } from '../helpers/world.js'

const DAY = 24 * 3_600_000
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const byEmail = (email: string) =>
  world.db.selectFrom('subscriber').select('id').where('email', '=', email).executeTakeFirstOrThrow()

it('names a list in evidence as it was called when somebody agreed to it', async () => {
  await fannedOutIssue(world, 'sender', 1)
  const listId = await createList(world, { name: 'Weekly' })
  const rename = async (name: string) => {
    world.clock.advance(DAY)
    await reviseList(world, listId, ListForm.parse({ name }))
  }
  const add = (email: string) => addSubscriber(world, { email, listIds: [listId], note: 'Fair' })
  const first = await add('first@example.org')
  await signUp(world, { email: 'asked@example.org', listIds: [listId], consentText: 'Yes', language: 'en' })
  await sendConfirmation(world, world.enqueued.at(-1)?.payload as { confirmationId: string })
  await rename('Monthly')
  const second = await add('second@example.org')
  await rename('Yearly')
  const third = await add('third@example.org')
  const named = async (id: string) => (await consentEvidence(world, id)).events.map((one) => one.listName)
  expect(await Promise.all([first, second, third].map(named))).toEqual([['Weekly'], ['Monthly'], ['Yearly']])
  const { steps } = await consentEvidence(world, (await byEmail('asked@example.org')).id)
  expect(steps.find(({ step }) => step === 'mail')).toMatchObject({ lists: ['Weekly'] })
  expect((await personalData(world, second)).consent).toMatchObject([{ newsletter: 'Monthly' }])
  await world.db.updateTable('retention').set({ evidence_months: 36 }).execute()
  await eraseSubscriber(world, { subscriberId: first, by: null })
  const kept = await world.db.selectFrom('kept_evidence').select('events').executeTakeFirstOrThrow()
  expect(kept.events).toMatchObject([{ list: 'Weekly' }])
})

/** Where a copy of one's data shows the rows of each table that names a person. */
const SHOWN_AS: Readonly<Record<string, string | null>> = {
  subscription: 'newsletters',
  consent_event: 'consent',
  confirmation: 'confirmations',
  delivery: 'issues',
  former_address: 'former_addresses',
  subscriber_mail: 'mails',
  leave_reason: 'reasons_for_leaving',
  subscriber_note: 'notes',
  bulk_change: 'changes',
  // Of somebody who is gone.
  erasure: null,
}

it('copies what every table keeps of a person', async () => {
  world.outcomes.set('r1.copied@example.org', [said('rejected', 550, '550 mailbox full of stones')])
  const { issueId, listId, readers, batch } = await fannedOutIssue(world, 'copied', 1)
  const [subscriberId = ''] = readers
  await sendBatch(world, batch)
  const { id: by } = await createAccount(world, 'coordinator')
  await writeNote(world, { subscriberId, text: 'Met at the fair', by })
  await askForLink(world, { subscriberId, kind: 'download', language: 'en' })
  await giveLeaveReason(world, { subscriberId, issueId, reason: 'other', note: 'Bells' })
  const otherId = await createList(world, { name: 'Other' })
  const email = 'r1.copied@example.org'
  await signUp(world, { email, listIds: [listId, otherId], consentText: 'I agree', language: 'en' })
  const act = newId(world.clock.now())
  const done = { status: 'done', created_at: world.clock.now(), what: '{}', scope: '{}' } as const
  await world.db
    .insertInto('bulk_act')
    .values({ id: act, ...done })
    .execute()
  const change = { act_id: act, subscriber_id: subscriberId, before: '{"language": "fi"}' }
  await world.db.insertInto('bulk_change').values(change).execute()
  const former = { email: 'old@copied.example.org', email_key: 'old@copied.example.org' }
  await world.db
    .insertInto('former_address')
    .values({ ...former, subscriber_id: subscriberId, until: world.clock.now() })
    .execute()
  const data = await personalData(world, subscriberId)
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    left join pg_inherits i on i.inhrelid = format('%I.%I', t.table_schema, t.table_name)::regclass
    where c.column_name = 'subscriber_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE' and i.inhrelid is null
    order by 1`.execute(world.db)
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(SHOWN_AS).sort())
  for (const part of Object.values(SHOWN_AS))
    if (part) expect(data[part as keyof typeof data]).not.toEqual([])
  expect(data.issues).toMatchObject([{ smtp_code: 550, smtp_text: '550 mailbox full of stones' }])
  expect(data.notes).toMatchObject([{ text: 'Met at the fair' }])
  const csv = personalDataCsv(data)
  for (const text of [
    'Met at the fair',
    'mailbox full of stones',
    'download',
    'Bells',
    'I agree',
    '""language""',
  ])
    expect(csv).toContain(text)
})
