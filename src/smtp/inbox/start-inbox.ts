import { join } from 'node:path'
import { adoptInbox } from './adopt-inbox.js'
import { openMessageStore } from './message-store.js'
import type { MessageSummary } from './message-summary.js'
import { receiveMail } from './receive-mail.js'
import { servePages } from './serve-pages.js'

/** A running inbox, ours or one that another process of this machine runs. */
export type Inbox = {
  /** smtp://127.0.0.1:<port> */
  smtpUrl: string
  /** http://127.0.0.1:<port> */
  url: string
  /** The messages it holds, newest first. */
  messages(): Promise<readonly MessageSummary[]>
  /** Removes the messages to or about an address, given in its spellings, and says how many there were. */
  forget(spellings: readonly string[]): Promise<number>
  /** Stops both sides; leaves an adopted inbox alone. The messages stay on disk. */
  close(): Promise<void>
}

type InboxOptions = {
  /** Carillon's own folder; the messages are kept in `inbox` below it. */
  directory: string
  /** 0 takes any free port. */
  smtpPort: number
  /** 0 takes any free port. */
  webPort: number
  log?: (sentence: string) => void
  /** How many messages are kept; the oldest go first. */
  limit?: number
}

const DEFAULT_LIMIT = 10_000
const PATIENCE_MS = 3000

/**
 * Starts the inbox that catches every mail on 127.0.0.1 and shows it on a web page. If another Carillon serves its inbox
 * on the web port already, that one is adopted. Throws a sentence that names INBOX_PORT or INBOX_SMTP_PORT when something
 * else has the port.
 */
export async function startInbox(options: InboxOptions): Promise<Inbox> {
  const running = await adoptInbox(options.webPort, 0)
  if (running) return running
  try {
    return await openInbox(options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    // Of two starts at the same moment the slower one finds a port taken and the page not yet served.
    const winner = await adoptInbox(options.webPort, PATIENCE_MS)
    if (winner) return winner
    throw portTaken(error as NodeJS.ErrnoException & { port?: number }, options)
  }
}

async function openInbox({
  directory,
  smtpPort,
  webPort,
  log = () => undefined,
  limit = DEFAULT_LIMIT,
}: InboxOptions): Promise<Inbox> {
  const store = await openMessageStore({ folder: join(directory, 'inbox'), limit })
  const receiver = await receiveMail({ port: smtpPort, store, log })
  try {
    const pages = await servePages({ port: webPort, site: { store, smtpUrl: receiver.smtpUrl }, log })
    return {
      smtpUrl: receiver.smtpUrl,
      url: pages.url,
      messages: async () => store.list(),
      forget: (spellings) => store.forget(spellings),
      close: async () => {
        await Promise.all([receiver.close(), pages.close()])
      },
    }
  } catch (error) {
    await receiver.close()
    throw error
  }
}

function portTaken({ port }: { port?: number }, { webPort }: InboxOptions): Error {
  const [variable, part] = port === webPort ? ['INBOX_PORT', 'web page'] : ['INBOX_SMTP_PORT', 'SMTP side']
  return new Error(
    `Port ${port}, meant for the ${part} of the mail inbox, is used by another program. Set ${variable} to a free port, or SMTP_URL to a relay.`,
  )
}
