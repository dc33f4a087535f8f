import { readConfig, readSecretKeys } from '../config.js'
import { createContext, type OpenContext } from '../context.js'

/** Makes a command's action: it runs on the same parts as the service and prints its answer as one line of JSON. */
export function withContext<A extends unknown[]>(run: (ctx: OpenContext, ...given: A) => Promise<unknown>) {
  return async (...given: A) => {
    const ctx = await createContext({ ...readConfig(), logLevel: 'error' }, readSecretKeys())
    try {
      console.log(JSON.stringify((await run(ctx, ...given)) ?? { ok: true }))
    } finally {
      await ctx.close()
    }
  }
}

/** Gathers the values of an option that may be given again. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value]
