import type { Issue } from '../../../../db/tables/issue.js'
import type { CompiledEdition } from '../../../rendering/compile-edition.js'
import { compileWire, renderMessage } from '../../../rendering/wire/wire-edition.js'
import { SAMPLE_READER, sampleValues } from '../../preview-issue.js'
import { askSpamAssassin } from '../spam/ask-spamassassin.js'
import type { MailFacts } from './facts.js'

type Weighed = {
  issue: Issue
  edition: CompiledEdition
  date: string
  publicUrl: string
  now: Date
}

/** Composes the mail as it would go to a reader, weighs it, and asks SpamAssassin what it thinks. */
export async function weighMail(weighed: Weighed): Promise<MailFacts> {
  const message = composed(weighed)
  return { bytes: message.length, spam: await askSpamAssassin(message) }
}

function composed({ issue, edition, date, publicUrl, now }: Weighed): Buffer {
  const link = (path: string) => `${publicUrl}/${path}/v1.example.${'x'.repeat(80)}`
  const links = { UNSUBSCRIBE: link('u'), PREFERENCES: link('p'), WEBVIEW: link('w') }
  const address = issue.from_email || 'news@example.org'
  const { fields, body } = renderMessage(
    compileWire(edition),
    sampleValues({ title: issue.title, date, edition }, links),
    {
      from: { name: issue.from_name, address },
      to: { name: '', address: SAMPLE_READER.email },
      replyTo: issue.reply_to ? { name: issue.from_name, address: issue.reply_to } : null,
      messageId: `<${issue.id}@${address.split('@').at(-1)}>`,
      date: now,
      fields: {
        'List-Unsubscribe': `<${links.UNSUBSCRIBE}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        Precedence: 'bulk',
      },
    },
  )
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), ...body])
}
