import { setTimeout as delay } from 'node:timers/promises'
import { prepareSystemFolder } from './choose-home.js'
import { createCluster } from './create-cluster.js'
import { ensureDatabase } from './ensure-database.js'
import { findPostmaster } from './find-postmaster.js'
import { type Hold, holdServer } from './hold-server.js'
import { launchServer, type ServerSettings } from './launch-server.js'
import { type Cluster, openCluster } from './open-cluster.js'
import { type Binaries, prepareBinaries } from './prepare-binaries.js'
import { stopServer } from './stop-server.js'

/** A running PostgreSQL server of ours, shared with every process that started it on the same folder. */
export interface EmbeddedPostgres {
  /** postgres://carillon:<password>@127.0.0.1:<port>/carillon */
  readonly url: string
  readonly dataDirectory: string
  /** Gives up our share; the last process to do so stops the server. May be called more than once. */
  readonly release: () => Promise<void>
}

interface StartOptions {
  /** Carillon's own folder, normally `.carillon` in the checkout; as root it is opened for passage (0711). */
  readonly directory: string
  readonly log?: (sentence: string) => void
  /** Further postgresql.conf settings; without effect on a server that runs already. */
  readonly settings?: ServerSettings
}

interface Server {
  readonly cluster: Cluster
  readonly binaries: Binaries
  readonly settings: ServerSettings
  readonly log: (sentence: string) => void
}

interface Joined {
  readonly port: number
  readonly hold: Hold
}

const DEADLINE_MS = 120_000
const RETRY_PAUSE_MS = 100
const LAUNCH_ATTEMPTS = 5

/**
 * Starts the embedded PostgreSQL of a folder, or joins the one that runs there already: also one left over by a process
 * that was killed. The first start creates the cluster and the database `carillon`. Nothing but 127.0.0.1 reaches it, and
 * the role's random password is kept in `postgres.json` in the folder. Throws a sentence that names what failed and the log.
 */
export async function startEmbeddedPostgres({
  directory,
  log,
  settings = {},
}: StartOptions): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(directory)
  const binaries = await prepareBinaries({
    account: cluster.account,
    copiesFolder: () => copiesFolder(cluster),
  })
  await createCluster({ cluster, binaries, durable: settings['fsync'] !== 'off' })
  const server = { cluster, binaries, settings, log: log ?? (() => undefined) }
  const { port, hold } = await joinOrLaunch(server)
  await ensureDatabase({ port, password: cluster.password }).catch(async (error: unknown) => {
    await release(server, hold)
    throw error
  })
  let released: Promise<void> | undefined
  return {
    url: `postgres://carillon:${cluster.password}@127.0.0.1:${port}/carillon`,
    dataDirectory: cluster.dataDirectory,
    release: () => (released ??= release(server, hold)),
  }
}

async function copiesFolder({ account, directory }: Cluster): Promise<string> {
  return account ? prepareSystemFolder() : directory
}

// PostgreSQL's own postmaster.pid decides which of several starters wins; the others join the winner's server.
async function joinOrLaunch(server: Server): Promise<Joined> {
  const deadline = Date.now() + DEADLINE_MS
  let failures = 0
  let failure: string | undefined
  while (Date.now() < deadline && failures < LAUNCH_ATTEMPTS) {
    const running = await findPostmaster(server.cluster.dataDirectory)
    if (!running) {
      failure = await launch(server)
      // A server that is going has given up its place before the last of its processes is gone: that ends by itself.
      if (failure !== undefined && !failure.includes('shared memory block')) failures++
    }
    const joined = running?.port === undefined ? undefined : await join(server, running.port)
    if (joined) return joined
    if (running || failure !== undefined) await delay(RETRY_PAUSE_MS)
  }
  throw startFailure(server.cluster, failure)
}

async function launch({ cluster, binaries, settings, log }: Server): Promise<string | undefined> {
  const failure = await launchServer({ cluster, binaries, settings })
  if (failure === undefined) log(`Started the embedded PostgreSQL in ${cluster.dataDirectory}.`)
  return failure
}

async function join({ cluster }: Server, port: number): Promise<Joined | undefined> {
  try {
    const hold = await holdServer({ port, password: cluster.password })
    return hold && { port, hold }
  } catch (error) {
    throw new Error(
      `The embedded PostgreSQL in ${cluster.dataDirectory} runs on port ${port} and turns us down: ${String(error)} Its log is ${cluster.logFile}.`,
    )
  }
}

function startFailure({ dataDirectory, logFile, account }: Cluster, reason: string | undefined): Error {
  const runner = account ? ` as ${account.name}` : ''
  return new Error(
    `The embedded PostgreSQL in ${dataDirectory} could not be started${runner}: ${reason ?? 'it does not answer.'}\nIts log is ${logFile}.`,
  )
}

async function release({ cluster, binaries, log }: Server, hold: Hold): Promise<void> {
  try {
    if (!(await hold.leave())) return
    await stopServer(cluster, binaries)
    log('Stopped the embedded PostgreSQL.')
  } finally {
    await hold.close()
  }
}
