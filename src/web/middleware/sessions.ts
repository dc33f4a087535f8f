import { timingSafeEqual } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, RequestHandler, Response } from 'express'
import { findSession, type SignedIn } from '../../accounts/find-session.js'
import { SESSION_MS } from '../../accounts/open-session.js'
import { type Duty, mayDo } from '../../accounts/role.js'
import type { Context } from '../../context.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

declare global {
  namespace Express {
    interface Locals {
      /** Who is signed in; set on every page of coordinators and operators. */
      signedIn?: SignedIn
    }
  }
}

/** Reads the session cookie; who is signed in is then in `res.locals.signedIn`. */
export function readSession(ctx: Needs): RequestHandler {
  return async (req, res, next) => {
    const token = sessionToken(ctx, req)
    const signedIn = token ? await findSession(ctx, token) : null
    if (signedIn) res.locals.signedIn = signedIn
    next()
  }
}

/** The session cookie's value, if the browser sent one. */
export function sessionToken({ config }: Pick<Context, 'config'>, req: Request): string | null {
  return parseCookie(req.headers.cookie ?? '')[cookieName(config)] || null
}

/** Keeps a session in the browser; null takes it out. The cookie is for this host alone and out of reach of scripts. */
export function setSessionCookie(
  { config }: Pick<Context, 'config'>,
  res: Response,
  token: string | null,
): void {
  const cookie = stringifySetCookie({
    name: cookieName(config),
    value: token ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(config),
    maxAge: token ? SESSION_MS / 1000 : 0,
  })
  res.append('Set-Cookie', cookie)
}

/** The account behind a request that `requireDuty` let through. */
export function accountOf(res: Response): SignedIn['account'] {
  const { signedIn } = res.locals
  if (!signedIn) throw new Error('This route lacks requireDuty.')
  return signedIn.account
}

/** Lets through who carries one of the duties; others are asked to sign in, or told that their role does not reach here. */
export function requireDuty(...duties: Duty[]): RequestHandler {
  return (req, res, next) => {
    const { signedIn } = res.locals
    if (!signedIn) return askToSignIn(req, res)
    if (duties.some((duty) => mayDo(signedIn.account.role, duty))) return next()
    res.status(403).render('error', {
      layout: 'subscriber',
      title: 'Your role does not reach here',
      text: 'Ask an admin if you need this page.',
    })
  }
}

/**
 * Refuses a form that another site sends: what the browser says of its origin, and for somebody signed in the session's token
 * in the field `_csrf` or the header X-CSRF-Token. Goes after the body parser.
 */
export const refuseForgery: RequestHandler = (req, res, next) => {
  if (req.method === 'GET' || req.method === 'HEAD') return next()
  const given = String(req.body?._csrf ?? req.get('X-CSRF-Token') ?? '')
  const { signedIn } = res.locals
  if (isSameSite(req) && (!signedIn || isEqual(given, signedIn.csrfToken))) return next()
  res.status(403).render('error', {
    layout: 'subscriber',
    title: 'This form has grown old',
    text: 'Go back, reload the page and send it again; what you typed is still in your browser.',
  })
}

function askToSignIn(req: Request, res: Response): void {
  const back = req.method === 'GET' && !req.get('HX-Request') ? req.originalUrl : '/'
  const target = back === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(back)}`
  if (req.accepts('html', 'json') === 'json') res.status(401).json({ title: 'You are signed out.' })
  else if (req.get('HX-Request')) res.set('HX-Redirect', '/sign-in').sendStatus(401)
  else res.redirect(303, target)
}

function isSameSite(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = req.get('Origin')
  return !origin || URL.parse(origin)?.host === req.get('Host')
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

// Browsers take a __Host- cookie only over https, from this very host and for all its paths.
function cookieName(config: Context['config']): string {
  return isSecure(config) ? '__Host-carillon' : 'carillon'
}

function isSecure({ publicUrl }: Context['config']): boolean {
  return publicUrl.startsWith('https:')
}
