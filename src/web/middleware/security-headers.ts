import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers of every answer: no script, style or frame from elsewhere and none written into a page. */
export function securityHeaders({ publicUrl }: { publicUrl: string }): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Pictures of our own are shown by the address that mails have, also where somebody reaches us by another name.
        imgSrc: ["'self'", 'data:', 'https:', new URL(publicUrl).origin],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' },
  })
}
