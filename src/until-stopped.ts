import type { Log } from './log.js'

// Longer than all that is waited for. What is left then is safe: a lease runs out, the sweep takes it up.
const DRAIN_MS = 30_000

/** Waits for SIGTERM or SIGINT; a second signal, or half a minute of draining, ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        setTimeout(giveUp, DRAIN_MS).unref()
        resolve()
      })
    }
  })
}

/** Puts away one part after the other, each whatever became of those before, and ends the process: what could not be told is left to leases. */
export async function putAway(log: Log, parts: readonly (() => Promise<void>)[]): Promise<never> {
  const say = (error: Error) => log.warn({ reason: error.message }, 'a part could not be put away')
  // What a library's connection says after its own end must not cut off what is still on the wire.
  process.on('uncaughtException', say)
  for (const close of parts) await close().catch(say)
  // A queue store that has gone away keeps its connections trying, and with them the process.
  process.exit()
}

function giveUp(): void {
  const held = process.getActiveResourcesInfo().join(', ')
  process.stderr.write(
    `Stopped before everything was finished, after ${DRAIN_MS / 1000} s; still open: ${held}.\n`,
  )
  process.exit(1)
}
