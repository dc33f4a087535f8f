import pg from 'pg'

/** Address of a server on 127.0.0.1 and the password of the role `carillon`. */
export interface ServerAddress {
  readonly port: number
  readonly password: string
}

const CONNECT_TIMEOUT_MS = 5000

// SQLSTATE class 57 and 53: starting up, shutting down, or no connection slot left.
const PASSING_STATES = new Set(['57P01', '57P03', '53300'])
const PASSING_SYSTEM_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

/**
 * Connects to the maintenance database of a server; undefined when there is nobody yet, or a server that is starting or
 * stopping. Throws when the server turns us down for good, for example because it does not know the password.
 */
export async function connectToServer({ port, password }: ServerAddress): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'carillon',
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'carillon embedded postgres',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    if (isPassing(error)) return undefined
    throw error
  }
}

function isPassing(error: unknown): boolean {
  const { code, message } = error as Error & { code?: string }
  if (code === undefined) return /terminated|timeout/i.test(message)
  return PASSING_STATES.has(code) || PASSING_SYSTEM_ERRORS.has(code)
}
