import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Context } from '../context.js'
import { createApp } from './app.js'

/** Serves the web application; `close` lets the requests in hand finish. Throws when the port is taken. */
export async function startServer(ctx: Context): Promise<{ port: number; close(): Promise<void> }> {
  const app = createApp(ctx)
  const stopping = new AbortController()
  app.set('stopping', stopping.signal)
  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${ctx.config.port} is taken: set PORT.`) : error),
    )
    server.listen(ctx.config.port, ctx.config.host, () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        stopping.abort()
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}
