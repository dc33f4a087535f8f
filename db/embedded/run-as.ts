import { spawn } from 'node:child_process'

/** An operating-system account that PostgreSQL may run as; ids are the kernel's numbers. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

interface Run {
  readonly command: string
  readonly args: readonly string[]
  /** Undefined means the account this process already runs as. */
  readonly account: Account | undefined
  readonly cwd: string
}

interface Ended {
  /** The exit code; null when the program could not be started or was killed. */
  readonly code: number | null
  readonly output: string
}

const PIPE_GRACE_MS = 500

/** Runs a program to its end under an account, in a session of its own so that Ctrl-C does not reach it; never rejects. */
export function runAs({ command, args, account, cwd }: Run): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      ...(account && { uid: account.uid | 0, gid: account.gid | 0 }),
      // PGDATA, PGPORT and their kin must not reach the server; Windows cannot run without its own variables.
      ...(process.platform !== 'win32' && { env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      windowsHide: true,
    })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8')
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output: output.trim() }))
    // On Windows the server inherits the pipes, so they stay open long after pg_ctl is gone.
    child.on('exit', (code) =>
      setTimeout(() => resolve({ code, output: output.trim() }), PIPE_GRACE_MS).unref(),
    )
  })
}
