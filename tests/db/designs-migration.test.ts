import { Migrator, sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../db/database.js'
import { migrate } from '../../db/migrate.js'
import { migrations } from '../../db/migrations/index.js'
import { createDatabase } from '../helpers/world.js'

it('turns the template of issues and of their steps into a design, and brands organisations with nothing', async () => {
  const { url, drop } = await createDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop schema public cascade; create schema public')
  await client.end()
  const db = openDatabase(url)
  const before = Object.entries(migrations).filter(([name]) => name < '0012')
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(before) },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  await sql`insert into issue (id, status, title, created_at, updated_at)
    values ('00000000-0000-7000-8000-000000000001', 'draft', 'Old', now(), now())`.execute(db)
  await sql`insert into draft_step (issue_id, no, content, made_at) values
    ('00000000-0000-7000-8000-000000000001', 0, '{"fields":{"title":"Old","template":"project"},"listIds":[],"blocks":[]}', now())`.execute(
    db,
  )
  expect(await migrate(db)).toContain('0012-designs-and-brand')
  expect(await db.selectFrom('issue').select('design').executeTakeFirst()).toEqual({ design: 'project' })
  const step = await db.selectFrom('draft_step').select('content').executeTakeFirstOrThrow()
  expect(step.content.fields).toMatchObject({ title: 'Old', design: 'project' })
  await db.destroy()
  await drop()
})
