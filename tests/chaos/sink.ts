import { type Script, type ScriptedServer, startScriptedSmtp } from '../helpers/scripted-smtp.js'
import type { Random } from './random.js'

/** A mail server that misbehaves on purpose, and remembers every message that it took. */
export type Sink = {
  port: number
  /** How often it took a message to each address. */
  accepted: ReadonlyMap<string, number>
  /** Addresses whose final dot it left without an answer: nobody outside can know. */
  doubtful: ReadonlySet<string>
  /** Resolves when it has taken so many messages, or nothing has come for a while. */
  reaches(count: number): Promise<void>
  /** From now on it behaves, and cuts the connections on which it hung. */
  calm(): void
  close(): Promise<void>
}

const QUIET_MS = 4000
// Slow enough that whatever happens happens in the middle of it.
const PACE_MS = 15
// One in so many: most messages must get through for the rest to matter.
const RARELY = 150
const MISCHIEF = {
  MAIL: ['421 4.3.2 closing', 'drop'],
  RCPT: [
    '450 4.2.1 not now',
    '550 5.1.1 no such user',
    '452 4.2.2 mailbox full',
    'drop',
    'slow 15',
    '421 4.3.2 closing',
  ],
  DATA: ['451 4.3.0 later', '554 5.7.1 policy', 'drop'],
  content: ['552 5.3.4 too big', 'drop'],
  dot: [
    '451 4.3.0 later',
    '554 5.6.0 malformed',
    '421 4.3.2 closing',
    'lost',
    'kept',
    'half-close',
    'hang',
    'slow 20',
  ],
} as const

/** Starts the sink; what it does follows from the random stream alone. */
export async function startSink(random: Random): Promise<Sink> {
  const accepted = new Map<string, number>()
  const doubtful = new Set<string>()
  let isCalm = false
  let taken = 0
  let onTaken: () => void = () => undefined
  const take = (to: string) => {
    accepted.set(to, (accepted.get(to) ?? 0) + 1)
    taken++
    if (taken % 100 === 0) server.dropHanging()
    onTaken()
  }
  // What was taken last on a connection: its answer may be lost when the connection is cut right after it.
  const last = new Map<number, string>()
  const script: Script = ({ stage, to, connection }) => {
    const choices = stage in MISCHIEF ? MISCHIEF[stage as keyof typeof MISCHIEF] : null
    const mischief = !isCalm && choices && random.below(RARELY) === 0 ? random.pick<string>(choices) : null
    if (mischief === 'drop' || mischief?.startsWith('421')) doubtful.add(last.get(connection) ?? '')
    // A short content is on its way as a whole, dot and all, before anybody can know that nobody reads it.
    if (stage === 'content' && mischief === 'drop') doubtful.add(to)
    if (stage !== 'dot') return mischief
    last.set(connection, to)
    if (mischief === null || mischief.startsWith('slow')) take(to)
    else if (mischief === 'kept' || mischief === 'half-close') {
      take(to)
      doubtful.add(to)
    } else if (mischief === 'lost' || mischief === 'hang') doubtful.add(to)
    if (mischief === null && !isCalm) return `slow ${PACE_MS}`
    return mischief === 'kept' || mischief === 'lost' ? 'drop' : mischief
  }
  const server: ScriptedServer = await startScriptedSmtp(
    script,
    ['PIPELINING', '8BITMIME', 'SIZE 10000000'],
    {
      keeps: false,
    },
  )
  return {
    port: server.port,
    accepted,
    doubtful,
    reaches: (count) =>
      new Promise((resolve) => {
        const quiet = setTimeout(() => resolve(), QUIET_MS)
        onTaken = () => {
          quiet.refresh()
          if (taken < count) return
          clearTimeout(quiet)
          resolve()
        }
        if (taken >= count) onTaken()
      }),
    calm: () => {
      isCalm = true
      server.dropHanging()
    },
    close: () => server.close(),
  }
}
