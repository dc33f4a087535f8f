import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { userInfo } from 'node:os'
import { freePort } from '../helpers/free-port.js'

const TICKS_A_SECOND = 100

/** Processor seconds that a process has used, and the most memory it ever held, in megabytes. */
export function usageOf(pid: number): { cpuSeconds: number; peakRssMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    peakRssMb: Math.round(Number(peak) / 1024),
  }
}

/** Postfix's smtp-sink on a free port: takes every mail and forgets it. */
export async function startSink(): Promise<{ port: number; pid: number; stop(): Promise<void> }> {
  const port = await freePort()
  // smtp-sink gives up being root, and wants to know for whom.
  const account = userInfo().uid === 0 ? ['-u', 'nobody'] : []
  const child = spawn('smtp-sink', [...account, `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
  await answering(port)
  return { port, pid: child.pid as number, stop: () => ended(child) }
}

/** Seconds that postfix's smtp-source needs for so many messages of that size over as many connections. */
export function timeSource(
  port: number,
  sent: { messages: number; bytes: number; connections: number },
): number {
  const startedAt = performance.now()
  execFileSync('smtp-source', [
    ...['-s', String(sent.connections), '-l', String(sent.bytes), '-m', String(sent.messages)],
    ...['-f', 'sender@example.org', '-t', 'reader@example.org', `127.0.0.1:${port}`],
  ])
  return (performance.now() - startedAt) / 1000
}

/** Ends a process of ours and waits for it. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function answering(port: number): Promise<void> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' })
      socket.once('data', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('data', () => socket.destroy())
    })
    if (isUp) return
    if (performance.now() > deadline) throw new Error('smtp-sink does not answer; is postfix installed?')
  }
}
