import { createHash } from 'node:crypto'
import { issueWithBlocks } from '../../../issues/issue.js'
import type { Finding } from '../../../issues/preflight/finding.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'

/** What these say changes with the time that somebody chooses; everything else has been seen all the while. */
const ABOUT_TIME = new Set(['date-words', 'past-days'])

/** Names the warnings about time that a page shows, so that its form can say which ones somebody has seen. */
export function seenWarnings(findings: readonly Finding[]): string {
  return [...namesOf(findings)].join(' ')
}

/**
 * Whether scheduling for this time meets a warning that `seen` does not name, such as “tomorrow” becoming another day. A form that
 * says nothing of what was seen has decided already.
 */
export async function hasUnseenWarnings(
  ctx: PreflightNeeds,
  issueId: string,
  { seen, sendAt, timeZone }: { seen: string | null; sendAt: Date; timeZone: string },
): Promise<boolean> {
  if (seen === null) return false
  const issue = await issueWithBlocks(ctx, issueId)
  const preview = await previewIssue(ctx, issueId)
  const { findings } = await preflight(ctx, issue, preview, { sendAt, timeZone })
  const known = new Set(seen.split(' '))
  return [...namesOf(findings)].some((name) => !known.has(name))
}

function namesOf(findings: readonly Finding[]): Set<string> {
  return new Set(
    findings
      .filter(({ check }) => ABOUT_TIME.has(check))
      .map(({ check, blockId, field, message }) =>
        createHash('sha256')
          .update(JSON.stringify([check, blockId, field, message]))
          .digest('base64url')
          .slice(0, 8),
      ),
  )
}
