import type { Request } from 'express'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { FREQUENT_DOMAINS } from '../../../audience/forms/frequent-domains.js'
import { CHALLENGE_SECONDS } from '../../../audience/forms/proof-of-work.js'
import { mailboxOf } from '../../../audience/mailbox-limit.js'
import type { Context } from '../../../context.js'
import {
  createRateLimiter,
  neighbourhoodOf,
  networkOf,
  type RateLimiter,
} from '../../middleware/limit-rate.js'

const HOUR = 60 * 60
const DAY = 24 * HOUR
/** How many times one address on the network may post any form in an hour, whatever comes of it. */
export const POSTS_AN_HOUR = 120
// A fair sends many people from one network; a flood sends more. Who brings no proof of work is trusted less.
const PROVEN = { address: 60, network: 300, form: 3000 }
const PLAIN = { address: 20, network: 60, form: 300 }
const PER_MAILBOX = 10
// A firm or a school has its people at one domain, a large provider half of the country.
const PER_DOMAIN = 200
const PER_LARGE_DOMAIN = 5000
const LARGE_DOMAINS = new Set(FREQUENT_DOMAINS)
const PER_STAMP = 6

type Counts = { address: RateLimiter; network: RateLimiter; form: RateLimiter }

/** Counts sign-ups for all web processes together. */
export type SignUpLimits = {
  /** The seconds to wait when this address on the network has posted too often, else null. */
  post(req: Request): Promise<number | null>
  /** The seconds to wait when address, network or form have had too many sign-ups, else null. */
  signUp(req: Request, form: OpenForm, isProven: boolean): Promise<number | null>
  /** The seconds to wait when addresses of this domain were typed in too often, else null. */
  domain(emailKey: string): Promise<number | null>
  /** Whether the mailbox was not typed in too often, whoever did it. */
  isCalm(emailKey: string): Promise<boolean>
  /** Whether a proof is used for the first time. */
  isFirstUse(challenge: string): Promise<boolean>
  /** Whether a stamp was used only a few times. */
  isFresh(stamp: string): Promise<boolean>
}

export function signUpLimits(ctx: Pick<Context, 'db' | 'keys'>): SignUpLimits {
  const limiter = (name: string, attempts: number, seconds = HOUR) =>
    createRateLimiter(ctx, { name: `sign-up-${name}`, attempts, seconds })
  const counts = (kind: string, most: typeof PLAIN): Counts => ({
    address: limiter(`${kind}-address`, most.address),
    network: limiter(`${kind}-network`, most.network),
    form: limiter(`${kind}-form`, most.form),
  })
  const posts = limiter('posts', POSTS_AN_HOUR)
  const [proven, plain] = [counts('proven', PROVEN), counts('plain', PLAIN)]
  const domains = limiter('domain', PER_DOMAIN)
  const largeDomains = limiter('large-domain', PER_LARGE_DOMAIN)
  const mailboxes = limiter('mailbox', PER_MAILBOX)
  const proofs = limiter('proof', 1, CHALLENGE_SECONDS)
  const stamps = limiter('stamp', PER_STAMP, DAY)
  return {
    post: (req) => posts.take(networkOf(req)),
    signUp: async (req, form, isProven) => {
      const { address, network, form: perForm } = isProven ? proven : plain
      return (
        (await address.take(networkOf(req))) ??
        (await network.take(neighbourhoodOf(req))) ??
        (await perForm.take(form.id))
      )
    },
    domain: (emailKey) => {
      const domain = emailKey.slice(emailKey.lastIndexOf('@') + 1)
      return (LARGE_DOMAINS.has(domain) ? largeDomains : domains).take(domain)
    },
    isCalm: async (emailKey) => (await mailboxes.take(mailboxOf(emailKey))) === null,
    isFirstUse: async (challenge) => (await proofs.take(challenge)) === null,
    isFresh: async (stamp) => (await stamps.take(stamp)) === null,
  }
}
