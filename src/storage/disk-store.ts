import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from './file-store.js'

const NAME = /^[A-Za-z0-9][A-Za-z0-9.-]*$/

/** Keeps files in one folder, which is made on the first write; a file appears whole or not at all. */
export function openDiskStore(directory: string): FileStore {
  return {
    put: async (name, { bytes }) => {
      await mkdir(directory, { recursive: true })
      const unfinished = join(directory, `.${randomBytes(8).toString('hex')}.part`)
      await writeFile(unfinished, bytes)
      await rename(unfinished, placeOf(directory, name))
    },
    get: (name) => readFile(placeOf(directory, name)).catch(nullWhenMissing),
    remove: (name) => rm(placeOf(directory, name), { force: true }),
  }
}

function placeOf(directory: string, name: string): string {
  if (!NAME.test(name)) throw new Error('A stored file has a plain name.')
  return join(directory, name)
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
