import { createHash } from 'node:crypto'
import { issueWithBlocks } from '../../../issues/issue.js'
import type { Finding } from '../../../issues/preflight/finding.js'
import { type PreflightNeeds, preflight } from '../../../issues/preflight/preflight.js'
import { previewIssue } from '../../../issues/preview-issue.js'

/** They say a number that may be another one a moment later. */
const COUNTED = new Set(['empty-fields', 'spam-score', 'mail-size', 'pictures-and-words'])

/** Names the warnings that a page shows, so that its form can say which ones somebody has seen. */
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
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  return new Set(
    warnings.map(({ check, blockId, field, message }) => {
      const said = [check, blockId, field, COUNTED.has(check) ? '' : message]
      return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 8)
    }),
  )
}
