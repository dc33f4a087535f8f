import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers of every answer: no script, style, picture or frame from elsewhere and none written into a page. */
export function securityHeaders({ publicUrl }: { publicUrl: string }): RequestHandler {
  return helmet({
    contentSecurityPolicy: policyWith(["'self'", 'data:', new URL(publicUrl).origin]),
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' },
  })
}

/** Lets the pages of somebody who is signed in show pictures of other sites, as news items have them. Goes after `readSession`. */
export function picturesFromElsewhere({ publicUrl }: { publicUrl: string }): RequestHandler {
  const ours = new URL(publicUrl).origin
  const withPictures = helmet.contentSecurityPolicy(policyWith(["'self'", 'https:', 'data:', ours]))
  return (req, res, next) => (res.locals.signedIn ? withPictures(req, res, next) : next())
}

function policyWith(imgSrc: string[]) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc,
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  }
}
