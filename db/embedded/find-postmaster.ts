import { readFile, realpath, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A server that may be running, starting or stopping; its port is undefined while it has not written it yet. */
export interface Postmaster {
  readonly pid: number | undefined
  readonly port: number | undefined
}

const UNFINISHED_FILE_MS = 10_000

/**
 * Finds the server of a data directory through its postmaster.pid; undefined when none runs. The file of a server that
 * was killed is removed where PostgreSQL itself would trip over it: when its process number belongs to somebody else now
 * (after a reboot), or when the file was cut off.
 * Lines of the file: https://www.postgresql.org/docs/18/storage-file-layout.html
 */
export async function findPostmaster(dataDirectory: string): Promise<Postmaster | undefined> {
  const file = join(dataDirectory, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => undefined))?.split('\n')
  if (!lines) return undefined
  const pid = positive(lines[0])
  if (pid === undefined) return (await isFresh(file)) ? { pid, port: undefined } : removeStale(file)
  if (!isAlive(pid)) return undefined
  if ((await isPostmaster(pid, dataDirectory)) || (await isMemoryInUse(lines[6])))
    return { pid, port: positive(lines[3]) }
  return removeStale(file)
}

async function removeStale(file: string): Promise<undefined> {
  await rm(file, { force: true })
  return undefined
}

function positive(line: string | undefined): number | undefined {
  const value = Number(line)
  return Number.isInteger(value) && value > 0 ? value : undefined
}

async function isFresh(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs < UNFINISHED_FILE_MS
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// A process we cannot look into (no /proc, or one that hides others) gets the benefit of the doubt.
async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (commandLine === undefined) return true
  const args = commandLine.split('\0')
  if (basename(args[0] ?? '') !== 'postgres') return false
  const named = args[args.indexOf('-D') + 1] ?? ''
  const itsDirectory = await realpath(named).catch(() => undefined)
  return itsDirectory === undefined || itsDirectory === dataDirectory
}

// Line 7 is "key id" of a System V segment; children of a killed server stay attached to it until they notice.
async function isMemoryInUse(line: string | undefined): Promise<boolean> {
  const segment = line?.trim().split(/\s+/)[1]
  const table = await readFile('/proc/sysvipc/shm', 'utf8').catch(() => '')
  return table.split('\n').some((row) => {
    const [, id, , , , , attached] = row.trim().split(/\s+/)
    return segment !== undefined && id === segment && Number(attached) > 0
  })
}
