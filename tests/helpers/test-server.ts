import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../../db/database.js'
import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import { migrate } from '../../db/migrate.js'

export const TEMPLATE_DATABASE = 'carillon_template'

/** Starts one throw-away PostgreSQL server for the whole run, with a migrated template that each test file copies. */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'carillon-tests-'))
  const postgres = await startEmbeddedPostgres({
    directory,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  await admin.query(`create database ${TEMPLATE_DATABASE}`)
  await admin.end()
  const url = new URL(postgres.url)
  url.pathname = TEMPLATE_DATABASE
  const db = openDatabase(url.href)
  await migrate(db)
  await db.destroy()
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.release()
      if (!postgres.dataDirectory.startsWith(directory))
        await rm(postgres.dataDirectory, { recursive: true, force: true })
      await rm(directory, { recursive: true, force: true })
    },
  }
}
