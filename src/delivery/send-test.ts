import { newId } from '../../db/uuid.js'
import { parseAddress, wireAddress } from '../audience/address.js'
import type { Context } from '../context.js'
import { InvalidError, NotFoundError } from '../errors.js'
import { type IssueWithBlocks, issueWithBlocks } from '../issues/issue.js'
import { type Preview, previewIssue } from '../issues/preview-issue.js'
import { recordAudit } from '../issues/record-audit.js'
import type { Mail, Outcome } from '../smtp/mailer.js'
import { displayName } from './compose-message.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'mailer'>

export type TestSend = {
  issueId: string
  /** The addresses, of anybody. */
  to: readonly string[]
  /** The subscriber as whom the mail is written; none: a sample reader. */
  as?: string | null
  /** The edition to send, whatever the reader's language is. */
  language?: string | null
  /** The account that asks for it. */
  by: string | null
  /** Counts one test to an address; a sentence when it is one too many. */
  limit?: (address: string) => Promise<string | null>
}

/** What came of the test to one address: what the mail server said, or why it was not asked. */
export type TestResult = { to: string } & ({ outcome: Outcome } | { refused: string })

/** Where the personal links of a test mail lead: a page that says that they do nothing. */
export const TEST_LINK_PATH = '/test-mail'

/**
 * Sends an issue as it stands to some addresses, marked in the subject, its personal links harmless; the ledger of deliveries
 * is not touched. Throws `InvalidError` at `to` for a broken address, and when the issue has errors.
 */
export async function sendTests(ctx: Needs, test: TestSend): Promise<TestResult[]> {
  const { issueId, by, as = null, language = null, limit = async () => null } = test
  const addresses = test.to.map(checkedAddress)
  const issue = await issueWithBlocks(ctx, issueId)
  const link = `${ctx.config.publicUrl}${TEST_LINK_PATH}`
  const preview = await readyPreview(ctx, issue, { as, language, link })
  const reader = as ? await addressOf(ctx, as) : null
  const refused = new Map<string, string>()
  for (const to of addresses) {
    const sentence = await limit(to)
    if (sentence !== null) refused.set(to, sentence)
  }
  const now = ctx.clock.now()
  const allowed = addresses.filter((to) => !refused.has(to))
  if (allowed.length > 0) {
    const detail = `to ${allowed.join(', ')}${reader ? ` as ${reader}` : ''}`
    await recordAudit(ctx.db, { action: 'send-test', subjectIds: [issueId], detail, by, now })
  }
  const send = async (to: string): Promise<TestResult> => {
    const sentence = refused.get(to)
    if (sentence !== undefined) return { to, refused: sentence }
    const mail = testMail(issue, { ...preview, to: wireAddress(to), reader, id: newId(now), now, link })
    return { to, outcome: await ctx.mailer.send(mail) }
  }
  return Promise.all(addresses.map(send))
}

function checkedAddress(text: string): string {
  const address = parseAddress(text)
  if ('problem' in address) throw new InvalidError({ to: address.problem })
  return address.email
}

async function readyPreview(
  ctx: Needs,
  issue: IssueWithBlocks,
  { as, language, link }: { as: string | null; language: string | null; link: string },
): Promise<Preview> {
  if (issue.from_email === '')
    throw new InvalidError({ to: 'First enter the sender’s address under “Details”.' })
  const links = { UNSUBSCRIBE: link, PREFERENCES: link, WEBVIEW: link }
  const preview = await previewIssue(ctx, issue.id, { as, language, links, everyLanguage: false })
  const errors = preview.problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0)
    throw new InvalidError({
      to: `First mend ${errors === 1 ? 'the error' : `the ${errors} errors`} that the checks show.`,
    })
  return preview
}

async function addressOf({ db }: Needs, subscriberId: string): Promise<string> {
  const reader = await db
    .selectFrom('subscriber')
    .select('email')
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!reader) throw new NotFoundError('This subscriber no longer exists.')
  return reader.email
}

type TestMail = {
  subject: string
  html: string
  text: string
  to: string
  /** As whom it is written; null: a sample reader. */
  reader: string | null
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
    subject: `[Test]${mail.reader ? ` as ${mail.reader}:` : ''} ${mail.subject}`,
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
