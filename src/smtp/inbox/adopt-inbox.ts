import { setTimeout as delay } from 'node:timers/promises'
import type { MessageSummary } from './message-summary.js'
import type { Inbox } from './start-inbox.js'

const ANSWER_TIMEOUT_MS = 2000
const RETRY_PAUSE_MS = 100
const EVERY_MESSAGE = 1_000_000

type Answer = { smtpUrl: string } | 'nobody' | 'stranger'

/**
 * Finds the inbox of another Carillon on a web port; undefined when there is none. While nobody answers it asks again for
 * up to `patienceMs`, since that Carillon may just be starting.
 */
export async function adoptInbox(webPort: number, patienceMs: number): Promise<Inbox | undefined> {
  if (webPort === 0) return undefined
  const url = `http://127.0.0.1:${webPort}`
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await askForInbox(url)
    if (typeof answer === 'object') {
      return {
        url,
        smtpUrl: answer.smtpUrl,
        messages: () => fetchMessages(url),
        forget: (spellings) => forgetMessages(url, spellings),
        close: async () => undefined,
      }
    }
    if (answer === 'stranger' || Date.now() >= deadline) return undefined
    await delay(RETRY_PAUSE_MS)
  }
}

async function askForInbox(url: string): Promise<Answer> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
  const response = await fetch(`${url}/api/inbox`, { redirect: 'manual', signal }).catch(() => undefined)
  if (!response) return 'nobody'
  const body = (await response.json().catch(() => null)) as { carillon?: unknown; smtpUrl?: unknown } | null
  const { carillon, smtpUrl } = body ?? {}
  return carillon === 'inbox' && typeof smtpUrl === 'string' ? { smtpUrl } : 'stranger'
}

async function forgetMessages(url: string, spellings: readonly string[]): Promise<number> {
  const query = new URLSearchParams(spellings.map((spelling): [string, string] => ['mentioning', spelling]))
  const response = await fetch(`${url}/api/messages?${query}`, { method: 'DELETE' })
  if (!response.ok) throw new Error(`The inbox could not forget somebody: it answered ${response.status}.`)
  return ((await response.json()) as { deleted: number }).deleted
}

async function fetchMessages(url: string): Promise<readonly MessageSummary[]> {
  const response = await fetch(`${url}/api/messages?limit=${EVERY_MESSAGE}`)
  const { messages } = (await response.json()) as {
    messages: (Omit<MessageSummary, 'receivedAt'> & { receivedAt: string })[]
  }
  return messages.map((message) => ({ ...message, receivedAt: new Date(message.receivedAt) }))
}
