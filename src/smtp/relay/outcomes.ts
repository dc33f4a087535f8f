import type { Outcome, SmtpReply, SmtpStage } from '../mailer.js'
import { enhancedCodeIn } from '../reply-class.js'
import type { RawReply } from './reply-reader.js'

/** A reply of the server as an operator may read it. */
export function replyOf({ code, text }: RawReply, stage: SmtpStage): SmtpReply {
  return { stage, code, enhancedCode: enhancedCodeIn(text), text: text.slice(0, 1000) }
}

/** The server has taken the message. */
export function accepted(reply: RawReply): Outcome {
  return { kind: 'accepted', reply: replyOf(reply, 'data') }
}

/** Nobody can tell whether the server has the message. */
export function doubt(reply: SmtpReply): Outcome {
  return { kind: 'unknown', reply }
}

/** What we refuse ourselves, before a byte of it is sent. */
export function refused(text: string, replyClass: 'unsupported' | 'content'): Outcome {
  return {
    kind: 'rejected',
    reply: { stage: 'recipient', code: null, enhancedCode: null, text, class: replyClass },
  }
}

/** A callback of a write that tells when the network refused it at once: then not one byte of it has left. */
export function ifRefusedAtOnce(undo: () => void): (error?: Error | null) => void {
  let isAtOnce = true
  setImmediate(() => {
    isAtOnce = false
  })
  return (error) => {
    if (error && isAtOnce) undo()
  }
}
