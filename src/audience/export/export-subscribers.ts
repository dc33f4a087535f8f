import { sql } from 'kysely'
import type { Database, Tx } from '../../../db/database.js'
import { fitsFilter } from '../subscriber-filter.js'
import type { SubscriptionStatus } from '../subscription-status.js'
import { csvLine } from './csv-line.js'
import { type ExportFilter, exportedPeople } from './exported-people.js'

const FETCH_ROWS = 2000

type Person = {
  email: string
  fields: Record<string, string>
  language: string | null
  status: SubscriptionStatus | 'suppressed' | null
  agreed_at: Date | null
  confirmed_at: Date | null
  left_at: Date | null
}

/**
 * People as pieces of CSV with a header, read by a cursor in one snapshot, in memory that does not grow with their number. Our own import
 * reads the result: status and times of the list when one is named, a suppressed address is `suppressed`.
 */
export async function* exportSubscribers(db: Database, filter: ExportFilter): AsyncGenerator<string> {
  const fields = await db
    .selectFrom('field')
    .select(['key', 'label'])
    .orderBy('position')
    .orderBy('key')
    .execute()
  yield csvLine([...FIRST_COLUMNS, ...fields.map(({ key }) => key), ...(filter.listId ? LIST_COLUMNS : [])])
  for await (const people of pagesOf(db, filter))
    yield people
      .map(({ email, fields: values, language, ...standing }) =>
        csvLine([
          email,
          language ?? '',
          ...fields.map(({ key }) => values[key] ?? ''),
          ...(filter.listId ? cellsOf(standing) : []),
        ]),
      )
      .join('')
}

const FIRST_COLUMNS = ['EMAIL', 'LANGUAGE']
const LIST_COLUMNS = ['STATUS', 'OPTIN_TIME', 'CONFIRM_TIME', 'UNSUB_TIME']

function cellsOf({
  status,
  agreed_at,
  confirmed_at,
  left_at,
}: Omit<Person, 'email' | 'fields' | 'language'>) {
  return [status ?? '', ...[agreed_at, confirmed_at, left_at].map((moment) => moment?.toISOString() ?? '')]
}

// A generator may be left at any piece: then the transaction ends with its connection's return.
async function* pagesOf(db: Database, filter: ExportFilter): AsyncGenerator<Person[]> {
  const transaction = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    if (filter.segment) await gatherPeople(transaction, filter.segment)
    await sql`declare exported no scroll cursor for ${exportedPeople(filter)}`.execute(transaction)
    for (;;) {
      const { rows } = await sql<Person>`fetch ${sql.lit(FETCH_ROWS)} from exported`.execute(transaction)
      if (rows.length > 0) yield rows
      if (rows.length < FETCH_ROWS) return
    }
  } finally {
    await transaction.rollback().execute()
  }
}

// The conditions of a segment hold parameters, which a cursor's query cannot have.
async function gatherPeople(tx: Tx, segment: NonNullable<ExportFilter['segment']>): Promise<void> {
  await sql`create temporary table exported_person (id uuid primary key) on commit drop`.execute(tx)
  await sql`insert into exported_person select p.id from subscriber p where ${fitsFilter({ segment }, { byWords: false })}`.execute(
    tx,
  )
}
