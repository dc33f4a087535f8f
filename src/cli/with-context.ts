import { readConfig, readSecretKeys } from '../config.js'
import { createContext, type OpenContext } from '../context.js'

/** Makes a command's action: it runs on the same parts as the service and prints its answer as one line of JSON. */
export function withContext<A extends unknown[]>(run: (ctx: OpenContext, ...given: A) => Promise<unknown>) {
  return withOutput<A>(async (ctx, ...given) => {
    console.log(JSON.stringify((await run(ctx, ...given)) ?? { ok: true }))
  })
}

/** Makes the action of a command that writes its answer itself, on the same parts as the service. */
export function withOutput<A extends unknown[]>(run: (ctx: OpenContext, ...given: A) => Promise<void>) {
  return async (...given: A) => {
    const ctx = await createContext({ ...readConfig(), logLevel: 'error' }, readSecretKeys())
    try {
      await run(ctx, ...given)
    } finally {
      await ctx.close()
    }
  }
}

/** Gathers the values of an option that may be given again. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value]
