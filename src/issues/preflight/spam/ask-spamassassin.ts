import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import type { MailFacts } from '../background/facts.js'
import { readReport } from './read-report.js'

/** Without the network: what others' blocklists say is no matter of the text. */
const ARGUMENTS = ['-L', '-t']
const TIMEOUT_MS = 60_000
/** It works for seconds on end; what people wait for goes first. */
const NICE = 10
const MOST_BYTES = 5_000_000

/** What SpamAssassin says of a whole message; null where it is not installed, takes too long or says nothing. */
export async function askSpamAssassin(message: Buffer, program = 'spamassassin'): Promise<MailFacts['spam']> {
  const output = await outputOf(program, message)
  return output === null ? null : readReport(output)
}

function outputOf(program: string, input: Buffer): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, ARGUMENTS, { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS })
    const pieces: Buffer[] = []
    let bytes = 0
    child.on('error', () => resolve(null))
    child.on('spawn', () => child.pid && yieldTo(child.pid))
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(pieces).toString('utf8') : null))
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes > MOST_BYTES) child.kill()
      else pieces.push(piece)
    })
    // A program that is not there, or ends early, reads nothing.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

function yieldTo(pid: number): void {
  try {
    setPriority(pid, NICE)
  } catch {
    // It has ended already.
  }
}
