import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables/index.js'

export type Database = Kysely<Tables>
export type Tx = Transaction<Tables>
/** For verbs that work inside a caller's transaction or on their own. */
export type DatabaseOrTx = Database | Tx

const DATE_OID = 1082
const BIGINT_OID = 20

/** Opens a pool on PostgreSQL 14 or later; `date` columns stay 'YYYY-MM-DD' strings, counts are numbers. */
export function openDatabase(url: string, maxConnections = 10): Database {
  const types = new pg.TypeOverrides()
  types.setTypeParser(DATE_OID, (value) => value)
  types.setTypeParser(BIGINT_OID, (value) => Number(value))
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types,
    application_name: 'carillon',
  })
  // An idle connection that the server closes must not end the process; the next query opens a new one.
  pool.on('error', () => undefined)
  // Nor one that is lost between two statements of a transaction: the next statement says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
