import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { connectToServer, type ServerAddress } from './connect-to-server.js'

/** Our share in a running server. While anybody holds it, nobody stops it. */
export interface Hold {
  /** Gives up our share; true when nobody else has one: then new shares are refused until `close`, so that we may stop it. */
  readonly leave: () => Promise<boolean>
  readonly close: () => Promise<void>
}

// Advisory locks are per database: these two live in `postgres`, apart from the locks of Carillon's own database.
const TAKE_SHARE = 'select pg_try_advisory_lock_shared(1128353385) as done'
const GIVE_UP_SHARE = 'select pg_advisory_unlock_shared(1128353385) as done'
const TAKE_ALL = 'select pg_try_advisory_lock(1128353385) as done'
const REJOIN_PAUSE_MS = 1000
const REJOIN_ATTEMPTS = 60

/**
 * Takes a share in the server: a connection with a shared advisory lock. Undefined when the server does not answer yet or
 * its last holder is just stopping it. A share lost because the server restarted itself is taken again for a minute.
 */
export async function holdServer(address: ServerAddress): Promise<Hold | undefined> {
  let isLeaving = false
  let share = await takeShare(address)
  if (!share) return undefined

  const keep = (client: pg.Client): void => {
    client.once('end', () => {
      share = undefined
      if (!isLeaving) void rejoin()
    })
  }
  const rejoin = async (): Promise<void> => {
    for (let attempt = 0; attempt < REJOIN_ATTEMPTS && !isLeaving; attempt += 1) {
      await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
      const client = isLeaving ? undefined : await takeShare(address).catch(() => undefined)
      if (!client) continue
      if (isLeaving) return void client.end()
      share = client
      return keep(client)
    }
  }
  keep(share)

  return {
    leave: async () => {
      isLeaving = true
      return isLastToLeave(share)
    },
    close: async () => {
      isLeaving = true
      await share?.end().catch(() => undefined)
    },
  }
}

async function takeShare(address: ServerAddress): Promise<pg.Client | undefined> {
  const client = await connectToServer(address)
  if (!client) return undefined
  if (await isDone(client, TAKE_SHARE)) return client
  await client.end().catch(() => undefined)
  return undefined
}

async function isLastToLeave(share: pg.Client | undefined): Promise<boolean> {
  if (!share) return false
  await isDone(share, GIVE_UP_SHARE)
  return isDone(share, TAKE_ALL)
}

// A connection that breaks here means that the server is going away by itself.
async function isDone(client: pg.Client, statement: string): Promise<boolean> {
  const answer = await client.query<{ done: boolean }>(statement).catch(() => undefined)
  return answer?.rows[0]?.done === true
}
