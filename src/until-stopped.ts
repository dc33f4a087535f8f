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

function giveUp(): void {
  const held = process.getActiveResourcesInfo().join(', ')
  process.stderr.write(
    `Stopped before everything was finished, after ${DRAIN_MS / 1000} s; still open: ${held}.\n`,
  )
  process.exit(1)
}
