import { isOneAddress, needsSmtpUtf8 } from './addr-spec.js'
import type { Outcome, SmtpStage } from './mailer.js'
import { outcomeOf } from './outcome-of.js'
import { enhancedCodeIn, type ReplyClass } from './reply-class.js'

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string }

/** Refuses what must not reach the wire: an address that is not exactly one addr-spec, or one that needs SMTPUTF8, which this transport never asks for. */
export function localRefusal(mail: { envelope: { to: string } }): Outcome | null {
  const { to } = mail.envelope
  if (!isOneAddress(to)) return rejectedHere('This is not one valid address.', 'hard')
  if (needsSmtpUtf8(to)) return rejectedHere('eai_unsupported: the address needs SMTPUTF8.', 'unsupported')
  return null
}

function rejectedHere(text: string, replyClass: ReplyClass): Outcome {
  return {
    kind: 'rejected',
    reply: { stage: 'recipient', code: null, enhancedCode: null, text, class: replyClass },
  }
}

/** Turns an error of nodemailer into an outcome, by the stage where it happened and the reply that it carries. */
export function classifyError(thrown: unknown, written: boolean): Outcome {
  const error = thrown as SmtpError
  const stage = stageOf(error)
  const code = error.responseCode ?? null
  const text = (error.response ?? error.message ?? String(thrown)).slice(0, 1000)
  return outcomeOf({ stage, code, enhancedCode: enhancedCodeIn(error.response ?? ''), text }, written)
}

function stageOf({ code, command, responseCode }: SmtpError): SmtpStage {
  if (code === 'EAUTH') return 'auth'
  if (code === 'ETLS' || code === 'EDNS') return 'connect'
  const verb = (command ?? '').toUpperCase()
  if (verb.startsWith('AUTH')) return 'auth'
  if (verb.startsWith('MAIL')) return 'mail-from'
  if (verb.startsWith('RCPT')) return 'recipient'
  if (verb.startsWith('DATA')) return 'data'
  if (code === 'EENVELOPE') return 'recipient'
  if (code === 'EMESSAGE' || code === 'ESTREAM') return 'data'
  if (verb === 'CONN' && responseCode === undefined && code === 'ECONNECTION') return 'data'
  // In a pipelined envelope 421 ends the session before its other replies: it was said to RCPT or DATA, for MAIL has its own error.
  if (verb === 'CONN' && responseCode === 421 && code === 'ECONNECTION') return 'recipient'
  return 'connect'
}
