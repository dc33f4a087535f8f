import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const ABANDONED_AFTER_MS = 60 * 60 * 1000

/** Removes entries of a folder that start with a prefix and were left by a process killed over an hour ago. */
export async function sweepLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS)
      await rm(path, { recursive: true, force: true })
  }
}
