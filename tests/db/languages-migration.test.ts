import { Migrator, sql } from 'kysely'
import pg from 'pg'
import { openDatabase } from '../../db/database.js'
import { migrate } from '../../db/migrate.js'
import { migrations } from '../../db/migrations/index.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { undoDraft } from '../../src/issues/undo-draft.js'
import { createDatabase } from '../helpers/world.js'

it('forgets the language that nobody was asked for, and keeps older drafts undoable', async () => {
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
  const issueId = '00000000-0000-7000-8000-0000000000aa'
  await sql`insert into subscriber (id, email, email_key, language, created_at) values
    (gen_random_uuid(), 'a@example.org', 'a@example.org', 'en', now()),
    (gen_random_uuid(), 'b@example.org', 'b@example.org', 'fi', now())`.execute(db)
  await sql`insert into issue (id, status, title, draft_step, created_at, updated_at)
    values (${issueId}, 'draft', 'Newer', 2, now(), now())`.execute(db)
  const content = (title: string) => ({
    fields: {
      title,
      subject: '',
      preheader: '',
      from_name: '',
      from_email: '',
      reply_to: null,
      language: 'en',
    },
    listIds: [],
    blocks: [],
  })
  for (const [no, title] of [
    [1, 'Older'],
    [2, 'Newer'],
  ] as const)
    await sql`insert into draft_step (issue_id, no, content, made_at)
      values (${issueId}, ${no}, ${JSON.stringify(content(title))}::jsonb, now())`.execute(db)
  expect(await migrate(db)).toContain('0016-languages')
  const people = await db.selectFrom('subscriber').select(['email', 'language']).orderBy('email').execute()
  expect(people).toEqual([
    { email: 'a@example.org', language: null },
    { email: 'b@example.org', language: 'fi' },
  ])
  const { version } = await issueWithBlocks({ db }, issueId)
  await undoDraft({ db, clock: { now: () => new Date('2026-03-02') } }, { issueId, version })
  expect(await issueWithBlocks({ db }, issueId)).toMatchObject({ title: 'Older', language_place: 0 })
  await db.destroy()
  await drop()
})
