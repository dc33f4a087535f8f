type Closers = (() => Promise<unknown>)[]

/** Ends what a program has started, the last first, also when it is told to stop in the middle (SIGINT, SIGTERM). */
export async function endingAll<T>(closers: Closers, run: () => Promise<T>): Promise<T> {
  const end = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  const stop = () => void end().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  try {
    return await run()
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, stop)
    await end()
  }
}
