import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { signIn } from '../../accounts/sign-in.js'
import { signOut } from '../../accounts/sign-out.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { readForm } from '../form.js'
import { createRateLimiter, networkOf, type RateLimiter } from '../middleware/limit-rate.js'
import { sessionToken, setSessionCookie } from '../middleware/sessions.js'
import { noticeText, withNotice } from '../notices.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config' | 'keys'>

const SignInForm = z.object({
  email: z.string().trim().min(1, 'Enter your address.').max(254, 'This address is too long.'),
  password: z.string().min(1, 'Enter your password.').max(1000, 'This password is too long.'),
  next: z.string().catch('/'),
})

// Counted per address and network, so that nobody locks somebody else out from afar; a guess from many networks meets the last one.
const PER_VISITOR = { name: 'sign-in-visitor', attempts: 10, seconds: 15 * 60 }
const PER_NETWORK = { name: 'sign-in-network', attempts: 60, seconds: 15 * 60 }
const PER_ACCOUNT = { name: 'sign-in-account', attempts: 300, seconds: 24 * 60 * 60 }

/** `/sign-in`: GET shows the form, POST opens a session; limited per address and per network. `/sign-out`: POST ends it. */
export function signInRoutes(ctx: Needs): Router {
  const router = Router()
  const limiters = {
    visitor: createRateLimiter(ctx, PER_VISITOR),
    network: createRateLimiter(ctx, PER_NETWORK),
    account: createRateLimiter(ctx, PER_ACCOUNT),
  }
  router.get('/sign-in', (req, res) => {
    if (res.locals.signedIn) return res.redirect(303, '/')
    show(res, { next: ownPath(req.query['next']), notice: noticeText(req.query['notice']) })
  })
  router.post('/sign-in', (req, res) => open(ctx, req, { res, limiters }))
  router.post('/sign-out', async (req, res) => {
    const token = sessionToken(ctx, req)
    if (token) await signOut(ctx, token)
    setSessionCookie(ctx, res, null)
    res.redirect(303, withNotice('/sign-in', 'signed-out'))
  })
  return router
}

type Opening = { res: Response; limiters: Record<'visitor' | 'network' | 'account', RateLimiter> }

async function open(ctx: Needs, req: Request, { res, limiters }: Opening): Promise<void> {
  const next = ownPath(req.body?.next)
  const email = String(req.body?.email ?? '')
  try {
    const form = readForm(SignInForm, req.body)
    const account = form.email.toLowerCase()
    const network = networkOf(req)
    const visitor = `${account} ${network}`
    const waits = [
      await limiters.visitor.take(visitor),
      await limiters.network.take(network),
      await limiters.account.take(account),
    ]
    const wait = Math.max(...waits.map((seconds) => seconds ?? 0))
    if (wait > 0) {
      res.status(429).set('Retry-After', String(wait))
      return show(res, { next, email, errors: { form: tooMany(wait) } })
    }
    const token = await signIn(ctx, form)
    await limiters.visitor.forget(visitor)
    await limiters.account.forget(account)
    setSessionCookie(ctx, res, token)
    res.redirect(303, next)
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    show(res.status(422), { next, email, errors: error.issues })
  }
}

function show(res: Response, view: object): void {
  res.set('Cache-Control', 'no-store').render('sign-in', { layout: 'door', title: 'Sign in', ...view })
}

function tooMany(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return `There were too many attempts. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}

// Only a path of this site: "//host" and "/\host" would lead a browser to another one.
function ownPath(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/'
}
