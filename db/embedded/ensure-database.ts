import { connectToServer, type ServerAddress } from './connect-to-server.js'

const ALREADY_THERE = new Set(['42P04', '23505'])

/** Creates the database `carillon` unless it exists, also when another process creates it at the same moment. */
export async function ensureDatabase(address: ServerAddress): Promise<void> {
  const client = await connectToServer(address)
  if (!client)
    throw new Error('The embedded PostgreSQL stopped answering while its database was being created.')
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'carillon'")
    if (rowCount === 0) await client.query('create database carillon template template0')
  } catch (error) {
    if (!ALREADY_THERE.has((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}
