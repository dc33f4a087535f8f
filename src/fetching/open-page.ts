import type { IncomingMessage } from 'node:http'
import { FetchRefusedError } from './fetch-errors.js'
import { requestPage } from './request-page.js'
import type { WebAccess } from './web-access.js'
import { webAddress } from './web-address.js'

const MOST_REDIRECTS = 5
const REDIRECTS = [301, 302, 303, 307, 308]

type Asked = { headers: Readonly<Record<string, string>>; signal: AbortSignal }

/** Follows redirects from an address, each step checked like the first, to the first answer that is none; its body has not been read. */
export async function openPage(
  web: WebAccess,
  address: string,
  asked: Asked,
): Promise<{ answer: IncomingMessage; url: URL }> {
  let url = webAddress(address.trim(), web)
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const answer = await requestPage(web, url, asked)
    const target = REDIRECTS.includes(answer.statusCode ?? 0) ? answer.headers.location : undefined
    if (target === undefined) return { answer, url }
    answer.destroy()
    url = webAddress(target, web, url)
  }
  throw new FetchRefusedError('This address leads on and on to other addresses.')
}
