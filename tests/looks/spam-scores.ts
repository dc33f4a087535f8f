import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import nodemailer from 'nodemailer'
import { projectRoot } from '../../src/project-root.js'

export type SpamScore = { score: number; rules: string }
export type SpamFilter = { score(raw: Buffer): Promise<SpamScore>; close(): Promise<void> }

/** SpamAssassin with its local rules in one process for many mails, one after the other; null where it is not installed. */
export async function openSpamFilter(): Promise<SpamFilter | null> {
  if (spawnSync('perl', ['-MMail::SpamAssassin', '-e', '1']).status !== 0) return null
  const home = await mkdtemp(join(tmpdir(), 'carillon-spam-'))
  const filter = spawn('perl', [join(projectRoot, 'tests/looks/score.pl'), home])
  filter.stderr.resume()
  const lines = createInterface({ input: filter.stdout })
  let last: Promise<unknown> = nextLine(lines, filter)
  return {
    score: (raw) => {
      const scored = last.then(() => ask({ filter, lines }, raw))
      last = scored.catch(() => undefined)
      return scored
    },
    close: async () => {
      const ended = new Promise((resolve) => filter.once('exit', resolve))
      filter.stdin.end()
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

type Running = { filter: ChildProcessWithoutNullStreams; lines: Interface }

async function ask({ filter, lines }: Running, raw: Buffer): Promise<SpamScore> {
  const answer = nextLine(lines, filter)
  filter.stdin.write(`${raw.length}\n`)
  filter.stdin.write(raw)
  const [score = '', ...rules] = (await answer).split(' ')
  return { score: Number(score), rules: rules.join(' ') }
}

function nextLine(lines: Interface, filter: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('SpamAssassin ended.'))
    filter.once('exit', ended)
    lines.once('line', (line) => {
      filter.off('exit', ended)
      resolve(line)
    })
  })
}
