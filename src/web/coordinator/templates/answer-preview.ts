import type { RequestHandler, Response } from 'express'
import { mailPolicy } from '../../mail-policy.js'
import { type MailLook, mailAs } from '../mail-looks.js'

/** The headers of a mail that is shown in a frame of our own pages: nothing in it may run. */
export const framedMail: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'X-Frame-Options': 'SAMEORIGIN' })
  res.set('Content-Security-Policy', `${mailPolicy("'self'")}; sandbox`)
  next()
}

/** Answers with a mail as programs with that look show it. */
export function answerMail(res: Response, look: MailLook, html: string): void {
  res.type('html').send(mailAs(look, html))
}
