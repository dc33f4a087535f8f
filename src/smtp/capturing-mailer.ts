import type { CaptureRules } from '../capture-rules.js'
import type { Mail, Mailer, Outcome } from './mailer.js'
import { composeMail } from './nodemailer-mailer.js'

/** A mailer that records single mails that the rules capture instead of sending them; issues ask the rules before they are claimed. */
export function capturingMailer(
  mailer: Mailer,
  { rules, record }: { rules: CaptureRules; record(mail: Mail, message: Buffer): Promise<void> },
): Mailer {
  return {
    ...mailer,
    send: async (mail) => {
      if (!rules.captures(mail.envelope.to)) return mailer.send(mail)
      await record(mail, await composeMail(mail))
      return CAPTURED
    },
  }
}

const CAPTURED: Outcome = {
  kind: 'accepted',
  reply: { stage: 'compose', code: null, enhancedCode: null, text: 'Recorded instead of sent.' },
}
