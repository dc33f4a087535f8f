import { rename, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { lastLines } from './last-lines.js'
import type { Cluster } from './open-cluster.js'
import type { Binaries } from './prepare-binaries.js'
import { runAs } from './run-as.js'

/** Settings as in postgresql.conf, for example { fsync: 'off', max_connections: '200' }. */
export type ServerSettings = Readonly<Record<string, string>>

interface Launch {
  readonly cluster: Cluster
  readonly binaries: Binaries
  readonly settings: ServerSettings
}

const START_TIMEOUT_SECONDS = 60
const LARGEST_LOG_BYTES = 10_000_000

// The log must not tell what readers' rows hold: no statements, and no DETAIL lines with the values of a key.
const OUR_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  shared_buffers: '256MB',
}

/**
 * Starts the server on a free port of 127.0.0.1 and waits until it answers. Says undefined when pg_ctl is content, else why
 * it is not: pg_ctl's last words and the end of the server log. Rotates the log beyond 10 MB.
 */
export async function launchServer({ cluster, binaries, settings }: Launch): Promise<string | undefined> {
  await rotateLog(cluster.logFile)
  const options = serverOptions({ ...OUR_SETTINGS, ...settings, port: String(await freePort()) })
  const { code, output } = await runAs({
    command: binaries.pgCtl,
    args: [
      'start',
      '-w',
      '-t',
      String(START_TIMEOUT_SECONDS),
      '-D',
      cluster.dataDirectory,
      '-l',
      cluster.logFile,
      '-o',
      options,
    ],
    account: cluster.account,
    cwd: cluster.home,
  })
  if (code === 0) return undefined
  return `${output.split('\n').at(-1)}\n${await lastLines(cluster.logFile)}`
}

// pg_ctl hands the options to a shell, so nothing that a shell would interpret gets through.
function serverOptions(settings: ServerSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[a-z_][a-z0-9_.]*$/.test(name) || !/^[A-Za-z0-9_.,:/+-]*$/.test(value)) {
        throw new Error(`The setting ${name} = ${value} cannot be given to the embedded PostgreSQL.`)
      }
      return `-c ${name}=${value}`
    })
    .join(' ')
}

async function rotateLog(logFile: string): Promise<void> {
  const found = await stat(logFile).catch(() => undefined)
  if (found && found.size > LARGEST_LOG_BYTES) await rename(logFile, `${logFile}.1`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
