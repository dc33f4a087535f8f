import type { Outcome, SmtpReply } from './mailer.js'
import { classifyReply } from './reply-class.js'

/**
 * What a refusal or a lost connection means for the reader, the same for every transport. A connection lost after the body was
 * `written` is doubt (RFC 1047); what is our own trouble touches no reader; else the first digit of the basic code decides.
 */
export function outcomeOf(said: SmtpReply, written: boolean): Outcome {
  const reply = { ...said, class: classifyReply(said) }
  if (written && said.code === null) return { kind: 'unknown', reply: { ...said, stage: 'data' } }
  if (reply.class === 'ours') return { kind: 'unavailable', reply }
  return { kind: (said.code ?? 400) >= 500 ? 'rejected' : 'deferred', reply }
}
