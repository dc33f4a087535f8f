import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** One connection of its own that writes many rows at once by COPY. */
export type CopyConnection = {
  /**
   * Writes rows by a COPY … FROM STDIN statement and runs the statement after it, in one transaction; when that one changes no row,
   * nothing is written. Returns whether it was.
   */
  copy(rows: {
    statement: string
    bytes: Buffer
    after: { text: string; values: readonly unknown[] }
  }): Promise<boolean>
  close(): Promise<void>
}

/** Opens the connection; rejects when the database is away. */
export async function openCopyConnection(url: string): Promise<CopyConnection> {
  const client = new pg.Client({ connectionString: url, application_name: 'carillon copy' })
  client.on('error', () => undefined)
  await client.connect()
  // What a crash of the server takes back is taken back whole, and the import goes on from there.
  await client.query('set synchronous_commit = off')
  return {
    copy: async ({ statement, bytes, after }) => {
      await client.query('begin')
      try {
        await copyIn(client, statement, bytes)
        const { rowCount } = await client.query(after.text, [...after.values])
        await client.query(rowCount ? 'commit' : 'rollback')
        return Boolean(rowCount)
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      }
    },
    close: () => client.end(),
  }
}

async function copyIn(client: pg.Client, statement: string, bytes: Buffer): Promise<void> {
  const stream = client.query(copyFrom(statement))
  const finished = once(stream, 'finish')
  stream.end(bytes)
  await finished
}
