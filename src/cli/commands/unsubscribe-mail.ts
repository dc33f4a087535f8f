import { buffer } from 'node:stream/consumers'
import { Command } from 'commander'
import { readUnsubscribeMail } from '../../audience/read-unsubscribe-mail.js'
import { unsubscribeByMail } from '../../audience/unsubscribe-by-mail.js'
import { withContext } from '../with-context.js'

/** `carillon unsubscribe-mail`: what the mailbox of UNSUBSCRIBE_DOMAIN hands its mail to. */
export function unsubscribeMailCommand(): Command {
  return new Command('unsubscribe-mail')
    .description('read a mail to an unsubscribe address on standard input, as from a pipe alias, and do it')
    .exitOverride()
    .option('--to <address>', 'whom it was delivered to, when its header does not say')
    .action(
      withContext(async (ctx, { to }: { to?: string }) => {
        const read = await readUnsubscribeMail(await buffer(process.stdin))
        if (read === null) return { unsubscribed: false }
        for (const localPart of [...(to ? [to.split('@')[0] ?? ''] : []), ...read])
          if (await unsubscribeByMail(ctx, localPart)) return { unsubscribed: true }
        return { unsubscribed: false }
      }),
    )
}
