import pg from 'pg'

/** One connection of its own for a few statements that run hundreds of times a second: each is planned once. */
export type PreparedConnection = {
  /** Runs a statement under its name; rejects when the database is away, and connects anew the next time. */
  query<Row>(statement: { name: string; text: string; values: readonly unknown[] }): Promise<Row[]>
  close(): Promise<void>
}

// These statements touch a few rows by key in tables of millions; a plan made while a table was small must not survive its growth.
const SETTINGS =
  "set plan_cache_mode = 'force_generic_plan'; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off"

// A path that swallows everything without a word must not hold up what waits for an answer.
const LIVELY = { keepAlive: true, connectionTimeoutMillis: 10_000, query_timeout: 30_000 }

/** Opens the connection with the first query. */
export function prepareConnection(url: string): PreparedConnection {
  let opening: Promise<pg.Client> | null = null
  const open = async () => {
    const client = new pg.Client({ ...LIVELY, connectionString: url, application_name: 'carillon ledger' })
    client.on('error', () => {
      opening = null
    })
    await client.connect()
    await client.query(SETTINGS)
    return client
  }
  return {
    query: async ({ name, text, values }) => {
      opening ??= open()
      const current = opening
      try {
        const client = await current
        return (await client.query({ name, text, values: [...values] })).rows
      } catch (error) {
        const isOfStatement = error instanceof pg.DatabaseError && !/^(08|57|53)/.test(error.code ?? '')
        if (!isOfStatement && opening === current) {
          opening = null
          current.then((client) => client.end()).catch(() => undefined)
        }
        throw error
      }
    },
    close: async () => {
      const client = await opening?.catch(() => null)
      opening = null
      await client?.end().catch(() => undefined)
    },
  }
}
