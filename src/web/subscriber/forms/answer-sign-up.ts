import type { Request } from 'express'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { readStamp } from '../../../audience/forms/form-stamp.js'
import { formTexts } from '../../../audience/forms/form-texts.js'
import { provenWork } from '../../../audience/forms/proof-of-work.js'
import { type ReadSignUp, readSignUp } from '../../../audience/forms/read-sign-up.js'
import { suggestAddress } from '../../../audience/forms/suggest-address.js'
import { keepSignUp } from '../../../audience/keep-sign-up.js'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import type { Posted } from './posted.js'
import type { SignUpLimits } from './sign-up-limits.js'

/** Nobody reads a form and types an address faster than this, in seconds. */
export const FILL_SECONDS = 2
const STAMP_SECONDS = 24 * 60 * 60

/** What becomes of a sign-up; the page and the JSON endpoint say it each in its way. */
export type SignUpAnswer =
  | { kind: 'taken' }
  | { kind: 'closed' }
  | { kind: 'wrong'; problems: Readonly<Record<string, string>> }
  /** The address looks mistyped; whoever sends it again with `keeps` keeps it. */
  | { kind: 'mistyped'; suggestion: string }
  /** No proof of work, and no sign that a person took the time: to be sent again with a stamp. */
  | { kind: 'press' }
  | { kind: 'wait'; seconds: number }

export type SignUpNeeds = Pick<Context, 'db' | 'clock' | 'queues' | 'keys'> & { limits: SignUpLimits }
type Asked = { form: OpenForm; language: FormLanguage; posted: Posted }

/** The one way in, whether by page, snippet or JSON. Nothing on it looks at who is known, so that no answer and no time tells. */
export async function answerSignUp(ctx: SignUpNeeds, req: Request, asked: Asked): Promise<SignUpAnswer> {
  const { form, language, posted } = asked
  const tooMany = await ctx.limits.post(req)
  if (tooMany !== null) return { kind: 'wait', seconds: tooMany }
  if (form.closed_at) return { kind: 'closed' }
  const read = readTyped(asked)
  if ('problems' in read) return { kind: 'wrong', problems: read.problems }
  const suggestion = posted.keeps === posted.email ? null : suggestAddress(read.address)
  if (suggestion) return { kind: 'mistyped', suggestion }
  const isProven = await hasProof(ctx, asked)
  if (!isProven && !(await hasTime(ctx, asked))) return { kind: 'press' }
  const wait = (await ctx.limits.signUp(req, form, isProven)) ?? (await ctx.limits.domain(read.address.key))
  if (wait !== null) return { kind: 'wait', seconds: wait }
  if (await ctx.limits.isCalm(read.address.key))
    await keepSignUp(ctx, {
      ...read,
      form,
      language,
      readerLanguage: posted.language ?? languageByForm(asked),
      consentText: formTexts(form, language).consent,
    })
  return { kind: 'taken' }
}

// Who is not asked has chosen by the language of the form, where it has several.
function languageByForm({ form: { content }, language }: Asked): FormLanguage | null {
  return content.asksLanguage || content.languages.length === 1 ? null : language
}

function readTyped({ form, language, posted }: Asked): ReadSignUp | { problems: InvalidError['issues'] } {
  try {
    return readSignUp(form, FORM_WORDS[language], posted)
  } catch (error) {
    if (error instanceof InvalidError) return { problems: error.issues }
    throw error
  }
}

async function hasProof({ keys, clock, limits }: SignUpNeeds, { form, posted }: Asked): Promise<boolean> {
  if (posted.altcha === '') return false
  const challenge = await provenWork(keys, { formId: form.id, now: clock.now(), proof: posted.altcha })
  return challenge !== null && (await limits.isFirstUse(challenge))
}

async function hasTime({ keys, clock, limits }: SignUpNeeds, { form, posted }: Asked): Promise<boolean> {
  const shownAt = readStamp(keys, { formId: form.id, stamp: posted.stamp })
  if (!shownAt) return false
  const seconds = (clock.now().getTime() - shownAt.getTime()) / 1000
  return seconds >= FILL_SECONDS && seconds <= STAMP_SECONDS && (await limits.isFresh(posted.stamp))
}
