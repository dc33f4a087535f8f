import { FetchFailedError, isFetchError } from './fetch-errors.js'
import { openPage } from './open-page.js'
import type { WebAccess } from './web-access.js'

/** What came of trying an address: the status of the page it leads to in the end, or why there is none; `isLate`: nobody answered in time. */
export type TriedPage = { status: number } | { isMissing: boolean; isLate: boolean; says: string }

/** Asks whether there is a page at an address of the public web, without reading it; bounded in time. Never throws for what a site does. */
export async function tryPage(
  { web }: { web: WebAccess },
  address: string,
  { timeoutMs }: { timeoutMs: number },
): Promise<TriedPage> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), timeoutMs)
  try {
    const headers = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const { answer } = await openPage(web, address, { headers, signal: deadline.signal })
    return { status: answer.statusCode ?? 0 }
  } catch (error) {
    const isLate = deadline.signal.aborted
    if (isFetchError(error))
      return { isMissing: error instanceof FetchFailedError, isLate, says: error.message }
    return {
      isMissing: false,
      isLate,
      says: isLate ? 'The site took too long to answer.' : 'The site could not be reached.',
    }
  } finally {
    clearTimeout(timer)
    // Ends whatever is still on the wire: the body is of no use.
    deadline.abort()
  }
}
