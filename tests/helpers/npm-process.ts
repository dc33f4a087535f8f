import { type ChildProcess, spawn } from 'node:child_process'
import { projectRoot } from '../../src/project-root.js'

export type NpmProcess = {
  /** Resolves once its output holds the words; rejects when it ends or half a minute passes before. */
  says(words: string): Promise<void>
  output(): string
  /** Asks it to end and resolves with its exit code. */
  stop(): Promise<number | null>
  /** How it ended, once it has. */
  ended: Promise<number | null>
}

const PATIENCE_MS = 30_000

/** Runs `npm run -s SCRIPT` of the project (or of `cwd`) as a process group of its own. */
export function runNpm(
  script: readonly string[],
  options: { env: Record<string, string>; cwd?: string; uid?: number; gid?: number },
): NpmProcess {
  const { env, cwd = projectRoot, ...account } = options
  const child = spawn('npm', ['run', '-s', ...script], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  })
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      output += piece
      for (const listener of listeners) listener()
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    output: () => output,
    ended,
    says: (words) => waitForWords(words, { output: () => output, listeners, ended }),
    stop: () => {
      signal(child, 'SIGTERM')
      return ended
    },
  }
}

type Listening = { output(): string; listeners: Set<() => void>; ended: Promise<unknown> }

function waitForWords(words: string, { output, listeners, ended }: Listening): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`It never said “${words}”, but:\n${output()}`))
    const timer = setTimeout(fail, PATIENCE_MS)
    const look = () => {
      if (!output().includes(words)) return
      clearTimeout(timer)
      listeners.delete(look)
      resolve()
    }
    listeners.add(look)
    void ended.then(fail)
    look()
  })
}

// To npm alone, as Docker does: it has to pass the word on.
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid && child.exitCode === null) process.kill(child.pid, name)
}
