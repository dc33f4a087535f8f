import { randomBytes } from 'node:crypto'
import { chown, mkdir, realpath, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { chooseAccount } from './choose-account.js'
import { chooseHome } from './choose-home.js'
import { type ClusterRecord, readClusterRecord, saveClusterRecord } from './cluster-record.js'
import type { Account } from './run-as.js'

/** One database cluster on disk: what belongs to it, who runs it, and the password of its only role, `carillon`. */
export interface Cluster {
  /** Carillon's own folder, as the caller named it, with symbolic links resolved. */
  readonly directory: string
  /** Folder of the server, owned by `account`: holds the data directory and the server log. */
  readonly home: string
  readonly dataDirectory: string
  readonly logFile: string
  readonly password: string
  readonly account: Account | undefined
}

/**
 * Opens the cluster that belongs to Carillon's folder, and decides once, at first use, where its data live and what its
 * password is (noted in `postgres.json`, mode 0600). Throws when the folder belongs to another account.
 */
export async function openCluster(directory: string): Promise<Cluster> {
  const folder = await prepareFolder(directory)
  const record = (await readClusterRecord(folder)) ?? (await foundCluster(folder))
  const home = resolve(folder, record.home)
  const dataDirectory = join(home, 'data')
  const account = await chooseAccount(dataDirectory)
  await prepareHome(home, account)
  await refuseForeignData(dataDirectory)
  return {
    directory: folder,
    home,
    dataDirectory,
    logFile: join(home, 'server.log'),
    password: record.password,
    account,
  }
}

async function prepareFolder(directory: string): Promise<string> {
  await mkdir(dirname(resolve(directory)), { recursive: true })
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return realpath(directory)
}

async function foundCluster(folder: string): Promise<ClusterRecord> {
  const account = await chooseAccount(undefined)
  const home = await chooseHome(folder, account)
  const record = await saveClusterRecord(folder, { home, password: randomBytes(24).toString('hex') })
  // Of two first starts at the same moment one wins; the other leaves no empty folder behind.
  if (record.home !== home) await rmdir(resolve(folder, home)).catch(() => undefined)
  return record
}

async function prepareHome(home: string, account: Account | undefined): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 })
  if (account && (await stat(home)).uid !== account.uid) await chown(home, account.uid, account.gid)
}

async function refuseForeignData(dataDirectory: string): Promise<void> {
  const us = process.getuid?.()
  if (us === undefined || us === 0) return
  const found = await stat(dataDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw foreignData(dataDirectory)
  })
  if (found && found.uid !== us) throw foreignData(dataDirectory)
}

function foreignData(dataDirectory: string): Error {
  return new Error(
    `The embedded database in ${dataDirectory} belongs to another account of this machine. ` +
      'Start Carillon as the account that started it first, or as root.',
  )
}
