import { once } from 'node:events'
import { readConfig, readSecretKeys } from '../config.js'
import { createContext, type OpenContext } from '../context.js'

/** Makes a command's action that writes text to standard output as it comes, however much there is. */
export function printPieces<A extends unknown[]>(
  run: (ctx: OpenContext, ...given: A) => AsyncIterable<string>,
) {
  return async (...given: A) => {
    const ctx = await createContext({ ...readConfig(), logLevel: 'error' }, readSecretKeys())
    try {
      for await (const piece of run(ctx, ...given))
        if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    } finally {
      await ctx.close()
    }
  }
}
