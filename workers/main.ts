import { readConfig, readSecretKeys } from '../src/config.js'
import { createContext } from '../src/context.js'
import { untilStopped } from '../src/until-stopped.js'
import { startAllWorkers } from './start.js'

const ctx = await createContext(readConfig(), readSecretKeys())
const workers = await startAllWorkers(ctx)
ctx.log.info('Carillon worker is ready.')
await untilStopped()
await workers.close()
await ctx.close()
// A queue store that has gone away keeps its connections trying, and with them the process.
process.exit()
