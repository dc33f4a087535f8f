import { Migrator, sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../db/database.js'
import { migrate } from '../../db/migrate.js'
import { migrations } from '../../db/migrations/index.js'
import { createDatabase } from '../helpers/world.js'

it('takes news items that exist for accepted, knows their links and words, and leaves accounts alone', async () => {
  const { url, drop } = await createDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.end()
  const db = openDatabase(url)
  const before = Object.entries(migrations).filter(([name]) => name < '0006')
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(before) },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  await sql`insert into account (id, email, name, role, created_at)
    values (gen_random_uuid(), 'a@example.org', 'Aino', 'admin', now())`.execute(db)
  await sql`insert into news_item (id, title, summary_html, url, published_on, created_at, updated_at)
    values (gen_random_uuid(), 'Old', '<p>R&amp;D <b>Clay</b></p>', 'https://www.example.org/Old/#top', '2026-01-01', now(), now())`.execute(
    db,
  )
  expect(await migrate(db)).toContain('0006-news-desk')
  expect(await db.selectFrom('news_item').selectAll().executeTakeFirst()).toMatchObject({
    status: 'accepted',
    source: 'manual',
    link_key: 'example.org/Old',
    words: expect.stringMatching(/^old .*r&d .*clay/),
  })
  expect(await db.selectFrom('account').select(['role', 'region']).executeTakeFirst()).toEqual({
    role: 'admin',
    region: '',
  })
  await db.destroy()
  await drop()
})
