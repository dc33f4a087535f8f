import { sql } from 'kysely'
import { wireAddress } from '../../audience/address.js'
import type { Context } from '../../context.js'
import { compileEmail } from '../../rendering/compile-email.js'
import { organisation } from '../organisation.js'
import type { ApprovalStep } from './approval-state.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'mailer'>
type Told = { approvalId: string; accountId: string }

const WORDS: Readonly<Record<Exclude<ApprovalStep, 'withdrawn'>, { headline: string; says: string }>> = {
  submitted: {
    headline: 'Waiting for your approval',
    says: 'asks you to look at this issue and approve it.',
  },
  approved: {
    headline: 'Approved',
    says: 'has approved this issue as it is. Any change takes the approval away.',
  },
  asked: { headline: 'Changes asked for', says: 'asks for changes before this issue can go out.' },
}

/**
 * Mails a colleague one word in an approval; what was sent, or overtaken by another word, is left alone. Throws an `Error` to try
 * again later.
 */
export async function sendApprovalMail(ctx: Needs, told: Told): Promise<void> {
  const [word, sender] = await Promise.all([openMail(ctx, told), organisation(ctx)])
  if (!word || word.step === 'withdrawn' || sender.from_email === '') return
  const now = ctx.clock.now()
  const { headline, says } = WORDS[word.step]
  const from = wireAddress(sender.from_email)
  const email = await compileEmail('approval', {
    HEADLINE: headline,
    TITLE: word.title,
    SAYS: `${word.by ?? 'Somebody'} ${says}`,
    NOTE: word.note,
    LINK: `${ctx.config.publicUrl}/issues/${word.issue_id}#approval`,
    ORGANISATION: sender.name,
  })
  const outcome = await ctx.mailer.send({
    ...email,
    from: { name: sender.from_name, address: from },
    to: { name: '', address: wireAddress(word.email) },
    messageId: `<approval.${told.approvalId}.${told.accountId}@${from.split('@').at(-1)}>`,
    date: now,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
    envelope: { from, to: wireAddress(word.email) },
  })
  if (outcome.kind === 'deferred' || outcome.kind === 'unavailable')
    throw new Error(
      `The mail about an approval could not be sent yet (${outcome.reply.stage}, ${outcome.reply.code}).`,
    )
  // A mailbox that refuses today refuses tomorrow; the dashboard says the same.
  await ctx.db
    .updateTable('approval_mail')
    .set({ sent_at: now })
    .where('approval_id', '=', told.approvalId)
    .where('account_id', '=', told.accountId)
    .execute()
}

async function openMail({ db }: Needs, { approvalId, accountId }: Told) {
  return db
    .selectFrom('approval_mail as mail')
    .innerJoin('approval as word', 'word.id', 'mail.approval_id')
    .innerJoin('issue', 'issue.id', 'word.issue_id')
    .innerJoin('account as reader', 'reader.id', 'mail.account_id')
    .leftJoin('account as author', 'author.id', 'word.account_id')
    .select(['word.step', 'word.note', 'word.issue_id', 'issue.title', 'reader.email', 'author.name as by'])
    .where('mail.approval_id', '=', approvalId)
    .where('mail.account_id', '=', accountId)
    .where('mail.sent_at', 'is', null)
    .where('reader.disabled_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from approval later where later.issue_id = word.issue_id and later.no > word.no)`,
    )
    .executeTakeFirst()
}
