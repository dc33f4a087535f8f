import { startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'

// A process of its own that starts the embedded PostgreSQL of a folder, says so, and releases it when its input ends.
const [directory = ''] = process.argv.slice(2)

async function hold(): Promise<void> {
  const postgres = await startEmbeddedPostgres({ directory, settings: { fsync: 'off' } })
  process.stdout.write(`${JSON.stringify({ url: postgres.url, dataDirectory: postgres.dataDirectory })}\n`)
  process.stdin.resume().once('end', () => void postgres.release())
}

void hold()
