import { type Response, Router, urlencoded } from 'express'
import { z } from 'zod'
import { publicLists } from '../../audience/lists.js'
import { signUp } from '../../audience/sign-up.js'
import type { Context } from '../../context.js'
import { InvalidError } from '../../errors.js'
import { LanguageOrUnknown } from '../../rendering/languages/language-tag.js'
import { likelyLanguage, ownLanguageOptions } from '../language-options.js'
import { limitRate } from '../middleware/limit-rate.js'
import { tickedLists } from '../ticked-lists.js'
import { consentText } from './consent-text.js'
import { renderSubscriberPage, subscriberErrors, subscriberHeaders } from './subscriber-page.js'

type Needs = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'>

// A fair sends many people from one network; a flood sends more.
const PER_NETWORK = { name: 'join', attempts: 60, seconds: 60 * 60 }

const SignUpForm = z.object({
  email: z.string().catch(''),
  lists: tickedLists,
  language: LanguageOrUnknown.catch(null),
})
type SignUpInput = z.infer<typeof SignUpForm>

/** `/join`: GET shows the form, POST asks for confirmation by mail; works without JavaScript. */
export function signUpRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(subscriberHeaders)
  router.get('/', (req, res) => {
    const form = { email: '', lists: [], language: likelyLanguage(req) }
    return showForm(ctx, res, { form, errors: {} })
  })
  router.post(
    '/',
    limitRate(ctx, PER_NETWORK),
    urlencoded({ extended: false, limit: '10kb' }),
    async (req, res) => {
      const form = SignUpForm.parse(req.body ?? {})
      try {
        const consent = { consentText: await consentText(ctx), language: 'en' }
        const { email, lists: listIds, language: readerLanguage } = form
        await signUp(ctx, { email, listIds, readerLanguage, ...consent })
      } catch (error) {
        if (!(error instanceof InvalidError)) throw error
        return showForm(ctx, res.status(422), { form, errors: error.issues })
      }
      renderSubscriberPage(res, 'joined', { title: 'Please look at your inbox' })
    },
  )
  router.use(subscriberErrors)
  return router
}

async function showForm(
  ctx: Needs,
  res: Response,
  { form, errors }: { form: SignUpInput; errors: Readonly<Record<string, string>> },
): Promise<void> {
  const open = await publicLists(ctx)
  renderSubscriberPage(res, 'join', {
    title: 'Join our newsletters',
    email: form.email,
    languages: ownLanguageOptions(form.language),
    errors,
    consentText: await consentText(ctx),
    lists: open.map(({ id, name, description }) => ({
      id,
      name,
      description,
      isTicked: open.length === 1 || form.lists.includes(id),
    })),
  })
}
