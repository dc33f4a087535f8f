import { newId } from '../../db/uuid.js'
import { parseAddress, wireAddress } from '../audience/address.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { issueWithBlocks } from '../issues/issue.js'
import { previewIssue } from '../issues/preview-issue.js'
import { recordAudit } from '../issues/record-audit.js'
import type { Mail, Outcome } from '../smtp/mailer.js'
import { displayName } from './compose-message.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'mailer'>

export type TestSend = {
  issueId: string
  /** One address, of anybody. */
  to: string
  /** The subscriber as whom the mail is written; none: a sample reader. */
  as?: string | null
  /** The edition to send, whatever the reader's language is. */
  language?: string | null
  /** The account that asks for it. */
  by: string | null
}

/** Where the personal links of a test mail lead: a page that says that they do nothing. */
export const TEST_LINK_PATH = '/test-mail'

/**
 * Sends an issue as it stands to one address, marked in the subject, its personal links harmless; the ledger of deliveries
 * is not touched. Throws `InvalidError` at `to` for a broken address, and at `blocks` when the issue has errors.
 */
export async function sendTest(ctx: Needs, { issueId, to, as, language, by }: TestSend): Promise<Outcome> {
  const address = parseAddress(to)
  if ('problem' in address) throw new InvalidError({ to: address.problem })
  const issue = await issueWithBlocks(ctx, issueId)
  if (issue.from_email === '')
    throw new InvalidError({ to: 'First enter the sender’s address under “Details”.' })
  const link = `${ctx.config.publicUrl}${TEST_LINK_PATH}`
  const links = { UNSUBSCRIBE: link, PREFERENCES: link, WEBVIEW: link }
  const preview = await previewIssue(ctx, issueId, { as: as ?? null, language: language ?? null, links })
  const errors = preview.problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0)
    throw new InvalidError({
      to: `First mend ${errors === 1 ? 'the error' : `the ${errors} errors`} that the checks show.`,
    })
  const now = ctx.clock.now()
  const id = newId(now)
  await recordAudit(ctx.db, { action: 'send-test', subjectIds: [issueId], by, now })
  return ctx.mailer.send(testMail(issue, { ...preview, to: wireAddress(address.email), id, now, link }))
}

type TestMail = {
  subject: string
  html: string
  text: string
  to: string
  id: string
  now: Date
  link: string
}
type Sender = { from_name: string; from_email: string; reply_to: string | null }

function testMail({ from_name, from_email, reply_to }: Sender, mail: TestMail): Mail {
  const name = displayName(from_name)
  return {
    from: { name, address: from_email },
    to: { name: '', address: mail.to },
    ...(reply_to ? { replyTo: { name, address: reply_to } } : {}),
    subject: `[Test] ${mail.subject}`,
    html: mail.html,
    text: mail.text,
    messageId: `<${mail.id}@${from_email.split('@').at(-1)}>`,
    date: mail.now,
    headers: {
      'List-Unsubscribe': `<${mail.link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
    envelope: { from: from_email, to: mail.to },
  }
}
