import { findPostmaster } from './find-postmaster.js'
import { lastLines } from './last-lines.js'
import type { Cluster } from './open-cluster.js'
import type { Binaries } from './prepare-binaries.js'
import { runAs } from './run-as.js'

const STOP_TIMEOUT_SECONDS = 60

/** Stops the server of a cluster in an orderly way, ending its connections; throws when it still runs after a minute. */
export async function stopServer(cluster: Cluster, binaries: Binaries): Promise<void> {
  const { code, output } = await runAs({
    command: binaries.pgCtl,
    args: ['stop', '-w', '-t', String(STOP_TIMEOUT_SECONDS), '-m', 'fast', '-D', cluster.dataDirectory],
    account: cluster.account,
    cwd: cluster.home,
  })
  if (code === 0 || !(await findPostmaster(cluster.dataDirectory))) return
  throw new Error(
    `The embedded PostgreSQL in ${cluster.dataDirectory} did not stop: ${output}\n${await lastLines(cluster.logFile)}\nIts log is ${cluster.logFile}.`,
  )
}
