import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import { freePort } from '../helpers/free-port.js'

const SPAMD = ['/usr/sbin/spamd', '/usr/bin/spamd'].find((path) => existsSync(path))
const STARTING_MS = 60_000

export type SpamFilter = {
  score(raw: Buffer): Promise<{ score: number; rules: string }>
  close(): Promise<void>
}

/** SpamAssassin as a server of our own on this machine, without questions to the network; null where it is not installed. */
export async function openSpamFilter(): Promise<SpamFilter | null> {
  if (!SPAMD) return null
  const port = await freePort()
  const home = await mkdtemp(join(tmpdir(), 'carillon-spamd-'))
  const options = ['-L', '-x', '-m', '2', '--min-children=2', '-i', '127.0.0.1', '-p', String(port)]
  const process = spawn(SPAMD, [...options, '-s', join(home, 'log'), '-H', home, '-u', 'nobody'], {
    stdio: 'ignore',
  })
  await answering(port, process)
  return {
    score: (raw) => scoreOf(port, raw),
    close: async () => {
      const ended = new Promise((resolve) => process.once('exit', resolve))
      process.kill('SIGTERM')
      await ended
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A mail as it would arrive, in its raw form. */
export async function rawMail(mail: { subject: string; html: string; text: string }): Promise<Buffer> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true })
  const sent = await transport.sendMail({
    from: { name: 'Makers’ Quarter', address: 'news@makers-quarter.example' },
    to: 'ada@example.org',
    headers: {
      'List-Unsubscribe': '<https://news.example.org/u/token>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '<news.makers-quarter.example>',
      Precedence: 'bulk',
    },
    ...mail,
  })
  return sent.message as Buffer
}

async function answering(port: number, process: ChildProcess): Promise<void> {
  const until = Date.now() + STARTING_MS
  while (Date.now() < until) {
    if (process.exitCode !== null) throw new Error(`spamd ended with ${process.exitCode}.`)
    const isThere = await ask(port, 'PING SPAMC/1.5\r\n\r\n').catch(() => '')
    if (isThere.includes('PONG')) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('spamd does not answer.')
}

async function scoreOf(port: number, raw: Buffer): Promise<{ score: number; rules: string }> {
  const head = `SYMBOLS SPAMC/1.5\r\nContent-length: ${raw.length}\r\n\r\n`
  const answer = await ask(port, Buffer.concat([Buffer.from(head), raw]))
  const score = /Spam:\s*\S+\s*;\s*(-?[\d.]+)/.exec(answer)?.[1]
  if (score === undefined) throw new Error(`spamd said: ${answer.slice(0, 200)}`)
  return { score: Number(score), rules: answer.slice(answer.indexOf('\r\n\r\n') + 4).trim() }
}

function ask(port: number, question: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(question))
    const parts: Buffer[] = []
    socket.on('data', (part) => parts.push(part))
    socket.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    socket.on('error', reject)
  })
}
