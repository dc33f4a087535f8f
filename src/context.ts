import { join, resolve } from 'node:path'
import { type Database, openDatabase } from '../db/database.js'
import { startEmbeddedPostgres } from '../db/embedded/start-embedded-postgres.js'
import { migrate } from '../db/migrate.js'
import { captureMail } from './capture-mail.js'
import type { CaptureRules } from './capture-rules.js'
import { type Clock, systemClock } from './clock.js'
import { type Config, readDkimKeys, readPicturesS3Url } from './config.js'
import { type ErasureJournal, openErasureJournal } from './erasure-journal.js'
import { type DnsAccess, publicDns } from './fetching/dns-access.js'
import { publicWeb, type WebAccess } from './fetching/web-access.js'
import { createLog, type Log } from './log.js'
import { projectRoot } from './project-root.js'
import type { QueueStore } from './queues/back-end.js'
import type { Queues } from './queues/job.js'
import { openQueues } from './queues/open-queues.js'
import { type KeyRing, loadOrCreateKeyRing, parseKeyRing } from './secrets.js'
import { capturingMailer } from './smtp/capturing-mailer.js'
import { createMailer, createPlainMailer } from './smtp/create-mailer.js'
import { createDkimSigners, parseDkimKeys } from './smtp/dkim/dkim-keys.js'
import type { DkimSigner } from './smtp/dkim/dkim-signer.js'
import { type KeptMail, openKeptMail } from './smtp/inbox/kept-mail.js'
import { startInbox } from './smtp/inbox/start-inbox.js'
import type { Mailer } from './smtp/mailer.js'
import { parseRelays } from './smtp/relay/relay.js'
import type { FileStore } from './storage/file-store.js'
import { openFileStore } from './storage/open-file-store.js'

/** What the verbs work with: resources, never services. Each verb takes only the fields it needs. */
export type Context = {
  config: Config
  log: Log
  clock: Clock
  db: Database
  queues: Queues
  mailer: Mailer
  /** Mail that the built-in inbox caught. */
  keptMail: KeptMail
  /** Who was erased, outside the database. */
  journal: ErasureJournal
  /** The files of pictures, by name. */
  files: FileStore
  keys: KeyRing
  /** By sender domain; mail of a domain without keys goes unsigned. */
  dkim: ReadonlyMap<string, DkimSigner>
  /** The one way to pages of the web. */
  web: WebAccess
  dns: DnsAccess
}

export type OpenContext = Context & {
  /** Where to read the mail that is caught, when no SMTP_URL is set. */
  inboxUrl: string | null
  /** What the queues live in, for the workers of this process. */
  store: QueueStore & { log: Log }
  close(): Promise<void>
}

/**
 * Opens everything the settings name, or its embedded stand-in, and brings the schema up to date. Throws `ConfigError` or
 * a sentence that says which part could not be started; what was open by then is closed again.
 */
export async function createContext(config: Config, secretKeys: string | null): Promise<OpenContext> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    return { ...(await openParts(config, secretKeys, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openParts(config: Config, secretKeys: string | null, closers: (() => Promise<void>)[]) {
  const log = createLog(config.logLevel)
  const home = resolve(projectRoot, config.home)
  const say = (sentence: string) => log.info(sentence)
  const keys = secretKeys ? parseKeyRing(secretKeys) : await loadOrCreateKeyRing(home)
  const databaseUrl = config.databaseUrl ?? (await embeddedDatabase(home, say, closers))
  const db = openDatabase(databaseUrl)
  closers.push(() => db.destroy())
  await migrate(db)
  const store = { databaseUrl, redisUrl: config.redisUrl, log }
  const files = openFileStore({
    directory: resolve(projectRoot, config.picturesDir ?? join(home, 'pictures')),
    s3Url: readPicturesS3Url(),
  })
  const queues = await openQueues(store)
  closers.push(() => queues.close())
  const inbox = config.smtpUrl ? null : await startInbox({ directory: home, ...config.inbox, log: say })
  if (inbox) closers.push(() => inbox.close())
  const url = config.smtpUrl ?? inbox?.smtpUrl ?? ''
  const relays = parseRelays(url, { connections: config.smtpConnections })
  const dkim = createDkimSigners(parseDkimKeys(readDkimKeys()))
  const plain =
    config.smtpTransport === 'nodemailer'
      ? createPlainMailer({ relays, dkim, now: () => systemClock.now() })
      : createMailer({ relays, dkim, now: () => systemClock.now() })
  const mailer = config.capture ? capturing(plain, { rules: config.capture, db }) : plain
  closers.push(() => mailer.close())
  return {
    config,
    log,
    clock: systemClock,
    db,
    queues,
    mailer,
    keptMail: openKeptMail(inbox, home),
    journal: openErasureJournal(join(home, 'erasures.csv')),
    files,
    keys,
    dkim,
    web: publicWeb(config),
    dns: publicDns(),
    store,
    inboxUrl: inbox?.url ?? null,
  }
}

function capturing(mailer: Mailer, { rules, db }: { rules: CaptureRules; db: Database }): Mailer {
  return capturingMailer(mailer, {
    rules,
    record: (mail, message) =>
      captureMail({ db, clock: systemClock }, { issueId: null, recipient: mail.envelope.to, message }),
  })
}

async function embeddedDatabase(
  directory: string,
  log: (sentence: string) => void,
  closers: (() => Promise<void>)[],
): Promise<string> {
  const postgres = await startEmbeddedPostgres({ directory, log })
  closers.push(() => postgres.release())
  return postgres.url
}
