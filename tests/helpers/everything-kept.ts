import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../../db/database.js'

/** Every row of every table of the database, also the queue's, as text; bytes also as the characters that they are. */
export async function databaseDump(db: Database): Promise<Buffer> {
  const { rows: tables } = await sql<{ schema: string; name: string; bytes: string[] }>`
    select t.table_schema as schema, t.table_name as name, array_remove(array_agg(c.column_name::text) filter (where c.data_type = 'bytea'), null) as bytes
    from information_schema.tables t
    join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
    where t.table_schema not in ('pg_catalog', 'information_schema') and t.table_type = 'BASE TABLE'
    group by 1, 2`.execute(db)
  const pieces: string[] = []
  for (const { schema, name, bytes } of tables) {
    const columns = ['t::text', ...(bytes ?? []).map((column) => `encode(t."${column}", 'escape')`)]
    const { rows } = await sql<{ row: string }>`
      select concat_ws(' ', ${sql.raw(columns.join(', '))}) as row from ${sql.id(schema, name)} t`.execute(db)
    pieces.push(...rows.map(({ row }) => row))
  }
  return Buffer.from(pieces.join('\n'))
}

/** The contents of all files below a folder, one after the other. */
export async function filesBelow(folder: string): Promise<Buffer> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))))
}

/** Everything that stands in the application's own tables, by table. */
export async function everyTable(db: Database): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(db)
  const found: Record<string, string> = {}
  for (const { name } of rows) {
    const dump = await sql<{ all: string | null }>`
      select string_agg(t::text, ' ' order by t::text) as all from ${sql.table(name)} t`.execute(db)
    found[name] = dump.rows[0]?.all ?? ''
  }
  return found
}
