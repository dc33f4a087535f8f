import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeAnswer } from './answer.js'
import { answerRequest, type InboxSite } from './answer-request.js'

/** The web side of the inbox. */
export type PageServer = { url: string; close(): Promise<void> }

type PageOptions = { port: number; site: InboxSite; log: (sentence: string) => void }

/** Serves the pages and the JSON of the inbox on 127.0.0.1 (port 0: any free one). */
export async function servePages({ port, site, log }: PageOptions): Promise<PageServer> {
  const server = createServer((request, response) => {
    answerRequest(request, site)
      .catch((error: unknown) => {
        log(`The inbox could not show something: ${String(error)}`)
        return { status: 500, type: 'text/plain', body: 'The inbox could not show this.\n' }
      })
      .then((answer) => writeAnswer(response, answer))
      .catch(() => response.destroy())
  })
  await listen(server, port)
  const { port: bound } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${bound}`, close: () => close(server) }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
