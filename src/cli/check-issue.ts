import type { Context } from '../context.js'
import { issueWithBlocks } from '../issues/issue.js'
import type { KnownFacts } from '../issues/preflight/background/facts.js'
import { findOut } from '../issues/preflight/background/find-out.js'
import { preflight } from '../issues/preflight/preflight.js'
import { previewIssue } from '../issues/preview-issue.js'

/** Checks an issue and waits for what has to be found out; days are meant in UTC. Throws `NotFoundError`. */
export async function checkIssue(ctx: Context, issueId: string) {
  while ((await findOut(ctx, issueId)) > 0);
  const issue = await issueWithBlocks(ctx, issueId)
  const { findings, known } = await preflight(ctx, issue, await previewIssue(ctx, issueId))
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return {
    id: issueId,
    ...{ errors, warnings: findings.length - errors, findings },
    ...{ audience: known.audience?.facts ?? null, mail: known.mail?.facts ?? null },
    ...(known.mails.length > 1 ? { mails: mailsOf(known) } : {}),
    domain: known.domain?.facts ?? null,
    links: Object.fromEntries([...known.links].map(([url, { facts }]) => [url, facts.state])),
  }
}

/** The mail in each language. */
function mailsOf({ mails }: KnownFacts) {
  return Object.fromEntries(mails.map(({ language, known }) => [language, known?.facts ?? null]))
}
