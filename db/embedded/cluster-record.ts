import { randomBytes } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What `postgres.json` notes about the cluster: `home` is absolute or relative to Carillon's folder. */
export interface ClusterRecord {
  readonly home: string
  readonly password: string
}

const RECORD_FILE = 'postgres.json'

/** Reads the record of the cluster; undefined before the first start. Throws when another account may not read it. */
export async function readClusterRecord(folder: string): Promise<ClusterRecord | undefined> {
  const path = join(folder, RECORD_FILE)
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ClusterRecord
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES' || code === 'EPERM') {
      throw new Error(
        `${path} belongs to another account of this machine. Start Carillon as the account that started it first, or as root.`,
      )
    }
    throw new Error(`${path}, which says where the embedded database is, cannot be read: ${String(error)}`)
  }
}

/** Saves the record unless another process was quicker, and returns the one that counts. The file appears whole or not at all. */
export async function saveClusterRecord(folder: string, record: ClusterRecord): Promise<ClusterRecord> {
  const path = join(folder, RECORD_FILE)
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Some file systems know no hard links; there, two first starts at the same instant are not told apart.
    if (code !== 'EEXIST') await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  return (await readClusterRecord(folder)) ?? record
}
