import { stat } from 'node:fs/promises'
import { type Account, runAs } from './run-as.js'

const UNPRIVILEGED_ACCOUNTS = ['carillon', 'postgres', 'nobody']

/**
 * Chooses the account the server runs as: undefined (our own) unless we are root, which PostgreSQL refuses. As root it is
 * the owner of an existing data directory, else the first of `carillon`, `postgres` and `nobody` that the machine knows.
 * Throws when the machine knows none of them.
 */
export async function chooseAccount(dataDirectory: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = dataDirectory === undefined ? undefined : await ownerOf(dataDirectory)
  if (owner) return owner
  for (const name of UNPRIVILEGED_ACCOUNTS) {
    const account = await lookUpAccount(name)
    if (account) return account
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and this machine has none of the accounts ${UNPRIVILEGED_ACCOUNTS.join(', ')}. ` +
      'Create one (useradd --system carillon), start Carillon as an ordinary account, or set DATABASE_URL.',
  )
}

async function ownerOf(dataDirectory: string): Promise<Account | undefined> {
  const found = await stat(dataDirectory).catch(() => undefined)
  if (!found || found.uid === 0) return undefined
  return { name: `the account with number ${found.uid}`, uid: found.uid, gid: found.gid }
}

async function lookUpAccount(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([numberOf('-u', name), numberOf('-g', name)])
  return uid && gid ? { name, uid, gid } : undefined
}

async function numberOf(option: '-u' | '-g', name: string): Promise<number | undefined> {
  const { code, output } = await runAs({ command: 'id', args: [option, name], account: undefined, cwd: '/' })
  return code === 0 && /^\d+$/.test(output) ? Number(output) : undefined
}
