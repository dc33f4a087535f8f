// Longer than all that is waited for. What is left then is safe: a lease runs out, the sweep takes it up.
const DRAIN_MS = 30_000

/** Waits for SIGTERM or SIGINT; a second signal, or half a minute of draining, ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        setTimeout(() => process.exit(1), DRAIN_MS).unref()
        resolve()
      })
    }
  })
}
