import type { Context } from '../../../context.js'
import type { IssueWithBlocks } from '../../../issues/issue.js'
import { inboxRow } from '../../../issues/preflight/inbox-row.js'
import type { Preflight } from '../../../issues/preflight/preflight.js'
import type { Preview } from '../../../issues/preview-issue.js'
import type { ComposerState } from '../composer/composer-state.js'
import { findingGroups } from './finding-views.js'
import { knownViews } from './known-views.js'

type Checked = { issue: IssueWithBlocks; preview: Preview; result: Preflight; state: Partial<ComposerState> }

/** What the panel of checks shows. */
export function checksView({ clock }: Pick<Context, 'clock'>, { issue, preview, result, state }: Checked) {
  const { findings, pictureBytes } = result
  const errorCount = findings.filter(({ severity }) => severity === 'error').length
  return {
    groups: findingGroups(issue, findings, state),
    errorCount,
    warningCount: findings.length - errorCount,
    kilobytes: Math.ceil(preview.htmlBytes / 1024),
    pictureKilobytes: Math.ceil(pictureBytes / 1024),
    inbox: inboxRow(issue.from_name, preview),
    initial: issue.from_name.trim().charAt(0).toUpperCase() || '?',
    known: knownViews(result, clock.now()),
    isWaiting: result.waiting.length > 0,
  }
}
