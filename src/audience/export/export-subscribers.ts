import { sql } from 'kysely'
import type { Database } from '../../../db/database.js'
import type { SubscriberFilter } from '../subscriber-filter.js'
import type { SubscriptionStatus } from '../subscription-status.js'
import { hasWordIndex } from '../word-index.js'
import { csvLine } from './csv-line.js'
import { exportedPeople } from './exported-people.js'

const FETCH_ROWS = 2000

type Person = {
  email: string
  fields: Record<string, string>
  language: string | null
  status: SubscriptionStatus | 'suppressed' | 'nonsubscribed'
  agreed_at: Date | null
  confirmed_at: Date | null
  left_at: Date | null
}

/**
 * People as pieces of CSV with a header, read by a cursor in one snapshot, in memory that does not grow with their number. Our own import
 * reads the result: where they stand, a suppressed address is `suppressed`; with a list the times of it, too.
 */
export async function* exportSubscribers(db: Database, filter: SubscriberFilter): AsyncGenerator<string> {
  const fields = await db
    .selectFrom('field')
    .select(['key', 'label'])
    .orderBy('position')
    .orderBy('key')
    .execute()
  yield csvLine([
    ...FIRST_COLUMNS,
    ...fields.map(({ key }) => key),
    'STATUS',
    ...(filter.listId ? TIMES : []),
  ])
  for await (const people of pagesOf(db, filter))
    yield people
      .map((person) =>
        csvLine([
          person.email,
          person.language ?? '',
          ...fields.map(({ key }) => person.fields[key] ?? ''),
          person.status,
          ...(filter.listId ? timesOf(person) : []),
        ]),
      )
      .join('')
}

const FIRST_COLUMNS = ['EMAIL', 'LANGUAGE']
const TIMES = ['OPTIN_TIME', 'CONFIRM_TIME', 'UNSUB_TIME']

function timesOf({ agreed_at, confirmed_at, left_at }: Person): string[] {
  return [agreed_at, confirmed_at, left_at].map((moment) => moment?.toISOString() ?? '')
}

// A generator may be left at any piece: then the transaction ends with its connection's return.
async function* pagesOf(db: Database, filter: SubscriberFilter): AsyncGenerator<Person[]> {
  const people = exportedPeople(filter, { byWords: filter.search ? await hasWordIndex(db) : true })
  const transaction = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    await sql`declare exported no scroll cursor for ${people}`.execute(transaction)
    for (;;) {
      const { rows } = await sql<Person>`fetch ${sql.lit(FETCH_ROWS)} from exported`.execute(transaction)
      if (rows.length > 0) yield rows
      if (rows.length < FETCH_ROWS) return
    }
  } finally {
    await transaction.rollback().execute()
  }
}
