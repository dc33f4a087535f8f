import type { Context } from '../context.js'
import { readMailtoLocalPart } from './mailto-token.js'
import { unsubscribe } from './unsubscribe.js'

/** Takes the person off the lists of the issue whose unsubscribe address was written to; false when the local part is not one of ours. */
export async function unsubscribeByMail(
  ctx: Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>,
  localPart: string,
): Promise<boolean> {
  const ids = readMailtoLocalPart(ctx.keys, localPart)
  if (!ids) return false
  await unsubscribe(ctx, { ...ids, channel: 'mailto' })
  return true
}
