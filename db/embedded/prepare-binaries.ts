import { chmod, copyFile, cp, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { locateBinaries, type ShippedBinaries } from './locate-binaries.js'
import { type Account, runAs } from './run-as.js'
import { sweepLeftovers } from './sweep-leftovers.js'

/** Full paths of the three PostgreSQL programs we run, and their major version ("18"). */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly majorVersion: string
}

const EXECUTABLE_SUFFIX = process.platform === 'win32' ? '.exe' : ''

interface Wanted {
  readonly account: Account | undefined
  /** Gives the existing folder that a copy goes into if the programs cannot run from node_modules. */
  readonly copiesFolder: () => Promise<string>
}

/**
 * Gives programs that the account can run: those in node_modules if possible, else a copy in the copies folder (made whole in
 * one rename, so that a killed copy never counts). Throws when not even the copy runs.
 */
export async function prepareBinaries({ account, copiesFolder }: Wanted): Promise<Binaries> {
  const shipped = await locateBinaries()
  await makeLinks(shipped.folder).catch(() => undefined)
  await makeExecutable(shipped.folder).catch(() => undefined)
  if (!(await complaint(shipped.folder, account))) return binariesIn(shipped.folder, shipped.version)

  const copy = join(await copiesFolder(), `postgres-${shipped.version}`)
  if (!(await exists(copy))) await copyBinaries(shipped, copy)
  const problem = await complaint(copy, account)
  if (problem)
    throw new Error(
      `The embedded PostgreSQL in ${copy} cannot run as ${account?.name ?? 'this account'}: ${problem}`,
    )
  return binariesIn(copy, shipped.version)
}

function binariesIn(folder: string, version: string): Binaries {
  return {
    initdb: program(folder, 'initdb'),
    pgCtl: program(folder, 'pg_ctl'),
    majorVersion: version.split('.')[0] ?? version,
  }
}

function program(folder: string, name: string): string {
  return join(folder, 'bin', name + EXECUTABLE_SUFFIX)
}

// postgres needs the ICU and SSL libraries, initdb needs libpq: if both print their version, every link is in place.
async function complaint(folder: string, account: Account | undefined): Promise<string | undefined> {
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const run = await runAs({ command: program(folder, name), args: ['--version'], account, cwd: '/' })
    if (run.code !== 0) return run.output || `${name} ended with code ${run.code}`
  }
  return undefined
}

// npm packs no symbolic links, and npm 11 does not run the script of the package that would restore them.
async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(folder), target)
    if (!(await exists(link))) await makeLink(join(dirname(folder), source), link)
  }
}

async function makeLink(file: string, link: string): Promise<void> {
  await symlink(relative(dirname(link), file), link).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return
    await copyFile(file, link)
  })
}

async function makeExecutable(folder: string): Promise<void> {
  for (const name of await readdir(join(folder, 'bin'))) {
    const path = join(folder, 'bin', name)
    const { mode } = await stat(path)
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555)
  }
}

async function copyBinaries(shipped: ShippedBinaries, copy: string): Promise<void> {
  await sweepLeftovers(dirname(copy), 'copying-')
  const draft = await mkdtemp(join(dirname(copy), 'copying-'))
  try {
    const native = join(draft, 'native')
    await cp(shipped.folder, native, { recursive: true, verbatimSymlinks: true })
    await openForReading(native)
    await makeLinks(native)
    await makeExecutable(native)
    await rename(native, copy)
  } catch (error) {
    // Another process that starts at the same moment may have put the same copy in place first.
    if (!(await exists(copy)))
      throw new Error(`The embedded PostgreSQL could not be copied to ${copy}: ${String(error)}`)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

// A strict umask, now or when npm ran, must not keep the account that runs the server out.
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openForReading(path)
    else if (entry.isFile()) await chmod(path, 0o644)
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
