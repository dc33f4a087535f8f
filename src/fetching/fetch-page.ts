import type { IncomingMessage } from 'node:http'
import { decodeText } from './decode-text.js'
import { FetchFailedError, FetchRefusedError, isFetchError } from './fetch-errors.js'
import { openPage } from './open-page.js'
import { ACCEPT_ENCODING, readBody, unpackingError } from './read-body.js'
import type { WebAccess } from './web-access.js'

export type FetchOptions = {
  /** Largest body, packed and unpacked. */
  maxBytes: number
  /** For everything together: names, redirects, headers, body. */
  timeoutMs: number
  /** Media types that we can use; a page of another kind is refused. */
  accept: readonly string[]
  /** What the last answer said of itself; the site may then say that nothing has changed. */
  known?: { etag: string | null; lastModified: string | null }
}

export type FetchedPage = {
  /** Where the page was found in the end. */
  url: string
  type: string
  text: string
  /** The site says that the page is the one we know; `text` is empty. */
  isUnchanged: boolean
  etag: string | null
  lastModified: string | null
}

const NOT_MODIFIED = 304
const LONGEST_VALIDATOR = 300

/**
 * Reads one page of the public web: no address inside a house, at any step of a redirect; no cookies; bounded in size and time.
 * Throws `FetchRefusedError` or `FetchFailedError`, whose message is a sentence for people without inner details.
 */
export async function fetchPage(
  { web }: { web: WebAccess },
  address: string,
  options: FetchOptions,
): Promise<FetchedPage> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), options.timeoutMs)
  try {
    const headers = headersFor(options)
    const { answer, url } = await openPage(web, address, { headers, signal: deadline.signal })
    return await pageOf(answer, url, options)
  } catch (error) {
    throw explained(error, deadline.signal)
  } finally {
    clearTimeout(timer)
    // Ends whatever is still on the wire, such as the rest of a body that was refused.
    deadline.abort()
  }
}

function headersFor({ accept, known }: FetchOptions): Record<string, string> {
  return {
    Accept: [...accept, '*/*;q=0.1'].join(', '),
    'Accept-Encoding': ACCEPT_ENCODING,
    ...(known?.etag ? { 'If-None-Match': known.etag } : {}),
    ...(known?.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
  }
}

async function pageOf(answer: IncomingMessage, url: URL, options: FetchOptions): Promise<FetchedPage> {
  const { statusCode = 0, headers } = answer
  const isUnchanged = statusCode === NOT_MODIFIED && options.known !== undefined
  if (!isUnchanged && statusCode !== 200) throw statusError(statusCode)
  const contentType = headers['content-type'] ?? ''
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  if (!isUnchanged && type !== '' && !options.accept.includes(type))
    throw new FetchRefusedError('This address holds another kind of file than we can read.')
  const text = isUnchanged ? '' : decodeText(await readBody(answer, options.maxBytes), contentType)
  const [etag, lastModified] = [validator(headers.etag), validator(headers['last-modified'])]
  return { url: url.href, type, text, isUnchanged, etag, lastModified }
}

// They go back to the site as they came, so only what a header can carry is kept.
function validator(value: string | undefined): string | null {
  return value && value.length <= LONGEST_VALIDATOR && /^[\x20-\x7e]+$/.test(value) ? value : null
}

function statusError(status: number): FetchFailedError {
  if (status === 404 || status === 410)
    return new FetchFailedError('The site says that there is no such page.')
  if (status === 401 || status === 403)
    return new FetchFailedError('The site does not let us read this page.')
  if (status === 429) return new FetchFailedError('The site asks us to come back later.')
  return new FetchFailedError(`The site could not give us the page (it answered ${status}).`)
}

function explained(error: unknown, deadline: AbortSignal): Error {
  if (isFetchError(error)) return error
  if (deadline.aborted) return new FetchFailedError('The site took too long to answer.')
  return unpackingError(error) ?? new FetchFailedError('The site could not be reached.')
}
