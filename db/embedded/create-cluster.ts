import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from './open-cluster.js'
import type { Binaries } from './prepare-binaries.js'
import { runAs } from './run-as.js'
import { sweepLeftovers } from './sweep-leftovers.js'

interface Creation {
  readonly cluster: Cluster
  readonly binaries: Binaries
  /** False leaves out the flush to disk at the end: for clusters that a test throws away. */
  readonly durable: boolean
}

/**
 * Creates the data directory with initdb unless it exists. It is made aside and renamed when complete, so that a killed
 * initdb leaves nothing that looks like a database. Throws when initdb fails or the data are of another major version.
 */
export async function createCluster(creation: Creation): Promise<void> {
  const { cluster, binaries } = creation
  await sweepLeftovers(cluster.home, 'initdb-')
  if (await isThere(cluster.dataDirectory))
    return refuseOtherVersion(cluster.dataDirectory, binaries.majorVersion)
  const draft = await mkdtemp(join(cluster.home, 'initdb-'))
  try {
    await runInitdb(creation, draft)
    await rename(join(draft, 'data'), cluster.dataDirectory)
  } catch (error) {
    // Another process that starts at the same moment may have put its own, with the same password, in place first.
    if (!(await isThere(cluster.dataDirectory))) throw error
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function runInitdb({ cluster, binaries, durable }: Creation, draft: string): Promise<void> {
  const { account, password } = cluster
  const passwordFile = join(draft, 'password')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)))
  const { code, output } = await runAs({
    command: binaries.initdb,
    args: initdbArguments(join(draft, 'data'), passwordFile, durable),
    account,
    cwd: draft,
  })
  if (code !== 0) throw new Error(`The embedded database could not be created in ${cluster.home}: ${output}`)
}

// The built-in C.UTF-8 sorts the same on every machine, whatever locales and C library it has.
function initdbArguments(dataDirectory: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${dataDirectory}`,
    '--username=carillon',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
}

async function refuseOtherVersion(dataDirectory: string, majorVersion: string): Promise<void> {
  const found = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (found === majorVersion) return
  throw new Error(
    `${dataDirectory} was written by PostgreSQL ${found || 'of an unknown version'}, and the embedded PostgreSQL is version ${majorVersion}. ` +
      `Install the Carillon that wrote it, export with pg_dump, and import into a new database.`,
  )
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
