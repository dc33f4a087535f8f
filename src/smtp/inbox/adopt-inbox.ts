import { setTimeout as delay } from 'node:timers/promises'
import type { MessageSummary } from './message-summary.js'
import type { Inbox } from './start-inbox.js'

const ANSWER_TIMEOUT_MS = 2000
const RETRY_PAUSE_MS = 100
const EVERY_MESSAGE = 1_000_000

/** Finds the inbox of another Carillon on a web port, asking again for up to `patienceMs`; undefined when there is none. */
export async function adoptInbox(webPort: number, patienceMs: number): Promise<Inbox | undefined> {
  if (webPort === 0) return undefined
  const url = `http://127.0.0.1:${webPort}`
  const deadline = Date.now() + patienceMs
  for (;;) {
    const smtpUrl = await askForInbox(url)
    if (smtpUrl !== undefined)
      return { url, smtpUrl, messages: () => fetchMessages(url), close: async () => undefined }
    if (Date.now() >= deadline) return undefined
    await delay(RETRY_PAUSE_MS)
  }
}

async function askForInbox(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/api/inbox`, {
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
    const { carillon, smtpUrl } = (await response.json()) as { carillon?: unknown; smtpUrl?: unknown }
    return carillon === 'inbox' && typeof smtpUrl === 'string' ? smtpUrl : undefined
  } catch {
    return undefined
  }
}

async function fetchMessages(url: string): Promise<readonly MessageSummary[]> {
  const response = await fetch(`${url}/api/messages?limit=${EVERY_MESSAGE}`)
  const { messages } = (await response.json()) as {
    messages: (Omit<MessageSummary, 'receivedAt'> & { receivedAt: string })[]
  }
  return messages.map((message) => ({ ...message, receivedAt: new Date(message.receivedAt) }))
}
