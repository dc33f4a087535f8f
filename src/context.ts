import type { Database } from '../db/database.js'
import type { Clock } from './clock.js'
import type { Config } from './config.js'
import type { Log } from './log.js'
import type { Queues } from './queues/job.js'
import type { KeyRing } from './secrets.js'
import type { Mailer } from './smtp/mailer.js'

/** What the verbs work with: resources, never services. Each verb takes only the fields it needs. */
export type Context = {
  config: Config
  log: Log
  clock: Clock
  db: Database
  queues: Queues
  mailer: Mailer
  keys: KeyRing
}
