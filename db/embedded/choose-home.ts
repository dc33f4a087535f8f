import { createHash } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { mayEnter, openForPassage } from './may-enter.js'
import type { Account } from './run-as.js'

const SYSTEM_FOLDER = '/var/lib/carillon'

const HOME_IN_FOLDER = 'postgres'
const HASH_LENGTH = 16

/**
 * Chooses where a new cluster lives, relative to Carillon's folder or absolute: in the folder wherever the account can
 * reach it, else in a new folder below /var/lib/carillon that is named after a hash of the folder's path.
 */
export async function chooseHome(folder: string, account: Account | undefined): Promise<string> {
  if (!account || (await makeReachable(account, folder))) return HOME_IN_FOLDER
  await prepareSystemFolder()
  return claimSystemHome(createHash('sha256').update(folder).digest('hex').slice(0, HASH_LENGTH))
}

async function makeReachable(account: Account, folder: string): Promise<boolean> {
  if (await mayEnter(account, folder)) return true
  if (!(await mayEnter(account, dirname(folder)))) return false
  await openForPassage(folder)
  return mayEnter(account, folder)
}

/**
 * Creates the folder where root keeps what an unprivileged account could not reach below the checkout, so that every
 * account may enter it whatever the umask, and gives its path.
 */
export async function prepareSystemFolder(): Promise<string> {
  await mkdir(SYSTEM_FOLDER, { recursive: true })
  await chmod(SYSTEM_FOLDER, 0o755)
  return SYSTEM_FOLDER
}

// A home that exists already belongs to a Carillon folder that was deleted since: its data are neither mixed in nor lost.
async function claimSystemHome(name: string, attempt = 1): Promise<string> {
  const home = join(SYSTEM_FOLDER, attempt === 1 ? name : `${name}-${attempt}`)
  try {
    await mkdir(home, { mode: 0o700 })
    return home
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return claimSystemHome(name, attempt + 1)
  }
}
