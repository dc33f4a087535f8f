import { startAllWorkers } from '../workers/start.js'
import { readConfig, readSecretKeys } from './config.js'
import { createContext } from './context.js'
import { untilStopped } from './until-stopped.js'
import { startServer } from './web/server.js'

const config = readConfig()
const ctx = await createContext(config, readSecretKeys())
const server = await startServer(ctx)
const workers = process.argv.includes('--web') ? null : await startAllWorkers(ctx)
ctx.log.info(
  `Carillon is ready at ${config.publicUrl}${ctx.inboxUrl ? `, its mail at ${ctx.inboxUrl}` : ''}.`,
)
await untilStopped()
await server.close()
await workers?.close()
await ctx.close()
