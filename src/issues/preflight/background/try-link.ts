import { tryPage } from '../../../fetching/try-page.js'
import type { WebAccess } from '../../../fetching/web-access.js'
import type { LinkFacts } from './facts.js'

const TIMEOUT_MS = 15_000
/** The page is gone for good, or never was. */
const GONE = [404, 410]
/** The site lets no programs in, or not so many. */
const KEEPS_OUT = [401, 403, 405, 406, 429, 451, 999]

/** What came of trying a link; `isLate`: its site let us wait in vain. */
export type TriedLink = { facts: LinkFacts; isLate: boolean }

/** Tries one link as a reader would, over the guarded way to the web. */
export async function tryLink(
  ctx: { web: WebAccess },
  url: string,
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<TriedLink> {
  const tried = await tryPage(ctx, url, { timeoutMs })
  if ('status' in tried) return { facts: stateOf(tried.status), isLate: false }
  const { isMissing, isLate, says } = tried
  return { facts: { state: isMissing ? 'dead' : 'doubtful', says }, isLate }
}

function stateOf(status: number): LinkFacts {
  if (status >= 200 && status < 300) return { state: 'good', says: '' }
  if (GONE.includes(status))
    return { state: 'dead', says: `The site says that there is no such page (${status}).` }
  if (KEEPS_OUT.includes(status))
    return { state: 'doubtful', says: `The site lets people in, but not programs such as ours (${status}).` }
  return { state: 'doubtful', says: `The site answered ${status}.` }
}
