import { runDemo } from './cli/demo.js'
import { startServer } from './web/server.js'

process.exitCode = await runDemo(async (ctx) => {
  const server = await startServer(ctx)
  return server.close
})
