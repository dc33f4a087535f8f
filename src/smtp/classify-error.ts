import type { Mail, Outcome, SmtpReply, SmtpStage } from './mailer.js'

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string }

// RFC 5321 §4.5.3.1
const LOCAL_PART_MAX = 64
const ADDRESS_MAX = 254
const ADDR_SPEC = /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u

/** Refuses what must not reach the wire: an address that is not exactly one addr-spec, or one that needs SMTPUTF8. */
export function localRefusal(mail: Mail): Outcome | null {
  for (const address of [mail.envelope.to, mail.to.address]) {
    const local = address.slice(0, address.lastIndexOf('@'))
    if (
      !ADDR_SPEC.test(address) ||
      address.length > ADDRESS_MAX ||
      Buffer.byteLength(local) > LOCAL_PART_MAX
    ) {
      return rejectedHere('This is not one valid address.')
    }
    // RFC 6531 §3.2: without SMTPUTF8 on the way such an address must not be sent, and this transport never asks for it.
    if (/[^ -~]/.test(local)) return rejectedHere('eai_unsupported: the address needs SMTPUTF8.')
  }
  return null
}

function rejectedHere(text: string): Outcome {
  return { kind: 'rejected', reply: { stage: 'recipient', code: null, enhancedCode: null, text } }
}

/**
 * Turns an error of the transport into an outcome. The stage decides first (connect, AUTH and MAIL FROM are our own
 * trouble), then the first digit of the basic code; a connection lost after the body was `written` is doubt (RFC 1047).
 */
export function classifyError(thrown: unknown, written: boolean): Outcome {
  const error = thrown as SmtpError
  const stage = stageOf(error)
  const code = error.responseCode ?? null
  const text = (error.response ?? error.message ?? String(thrown)).slice(0, 1000)
  const enhancedCode = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1] ?? null
  const reply: SmtpReply = { stage, code, enhancedCode, text }
  if (written && code === null) return { kind: 'unknown', reply: { ...reply, stage: 'data' } }
  if (stage === 'connect' || stage === 'auth' || stage === 'mail-from') return { kind: 'unavailable', reply }
  if (code !== null) return { kind: code >= 500 ? 'rejected' : 'deferred', reply }
  return { kind: 'deferred', reply }
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
  return 'connect'
}
