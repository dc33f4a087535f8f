import { sql } from 'kysely'
import { openDatabase } from '../../db/database.js'
import { createDatabase } from '../helpers/world.js'

it('outlives a connection that the server ends in the middle of a transaction', async () => {
  const { url, drop } = await createDatabase()
  const [db, other] = [openDatabase(url), openDatabase(url)]
  const lost = db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(other)
    // Long enough for the news to arrive while nothing is being asked.
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
    await sql`select 1`.execute(tx)
  })
  await expect(lost).rejects.toThrow()
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  await db.destroy()
  await other.destroy()
  await drop()
})
