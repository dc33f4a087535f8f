import { Migrator } from 'kysely'
import type { Database } from './database.js'
import { migrations } from './migrations/index.js'

/** Brings the schema up to date (a second run changes nothing) and returns the names of what was applied; throws what failed. */
export async function migrate(db: Database): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}
