import { tryPage } from '../../../fetching/try-page.js'
import type { WebAccess } from '../../../fetching/web-access.js'
import type { LinkFacts } from './facts.js'

const TIMEOUT_MS = 15_000
/** The page is gone for good, or never was. */
const GONE = [404, 410]
/** The site lets no programs in, or not so many. */
const KEEPS_OUT = [401, 403, 405, 406, 429, 451, 999]

/** Tries one link as a reader would, over the guarded way to the web. */
export async function tryLink(ctx: { web: WebAccess }, url: string): Promise<LinkFacts> {
  const tried = await tryPage(ctx, url, { timeoutMs: TIMEOUT_MS })
  if ('says' in tried) return { state: tried.isMissing ? 'dead' : 'doubtful', says: tried.says }
  return stateOf(tried.status)
}

function stateOf(status: number): LinkFacts {
  if (status >= 200 && status < 300) return { state: 'good', says: '' }
  if (GONE.includes(status))
    return { state: 'dead', says: `The site says that there is no such page (${status}).` }
  if (KEEPS_OUT.includes(status))
    return { state: 'doubtful', says: `The site lets people in, but not programs such as ours (${status}).` }
  return { state: 'doubtful', says: `The site answered ${status}.` }
}
