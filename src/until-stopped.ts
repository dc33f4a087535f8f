// What is left then is safe: a lease runs out, the sweep takes it up.
const DRAIN_MS = 25_000

/** Waits for SIGTERM or SIGINT; a second signal, or 25 seconds of draining, ends the process at once. */
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
