import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { freePort } from './free-port.js'

/** Whether a redis-server can be started here; with CI=true its absence is a failure of its own. */
export function hasRedisServer(): boolean {
  const isThere = spawnSync('redis-server', ['--version']).status === 0
  if (!isThere && process.env['CI'] === 'true')
    throw new Error('redis-server is missing: the Redis tests must run in CI.')
  if (!isThere) process.stderr.write('Skipped the queue tests on Redis: there is no redis-server here.\n')
  return isThere
}

/** A throw-away Redis that keeps nothing on disk, on that port or any free one. */
export async function startRedis(
  asked?: number,
): Promise<{ url: string; port: number; pid: number; stop(signal?: NodeJS.Signals): Promise<void> }> {
  const port = asked ?? (await freePort())
  const child = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ])
  await ready(child)
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid as number,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('redis-server ended before it was ready.')))
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept connections')) resolve()
    })
  })
}
