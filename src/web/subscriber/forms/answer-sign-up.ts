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
  /** No sign that a person took the time: to be sent again with a stamp. `stamp` is the one that was sent, when it only needs a moment more. */
  | { kind: 'press'; stamp: string | null }
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
  if (!isProven && !(await hasTime(ctx, asked)))
    return { kind: 'press', stamp: isYoung(ctx, asked) ? posted.stamp : null }
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
  const now = clock.now()
  const proven = await provenWork(keys, { formId: form.id, now, proof: posted.altcha })
  if (!proven || secondsBetween(proven.madeAt, now) < FILL_SECONDS) return false
  return limits.isFirstUse(proven.challenge)
}

async function hasTime(ctx: SignUpNeeds, asked: Asked): Promise<boolean> {
  const age = stampAge(ctx, asked)
  if (age === null || age < FILL_SECONDS || age > STAMP_SECONDS) return false
  return ctx.limits.isFresh(asked.posted.stamp)
}

function isYoung(ctx: SignUpNeeds, asked: Asked): boolean {
  const age = stampAge(ctx, asked)
  return age !== null && age >= 0 && age < FILL_SECONDS
}

function stampAge({ keys, clock }: SignUpNeeds, { form, posted }: Asked): number | null {
  const shownAt = readStamp(keys, { formId: form.id, stamp: posted.stamp })
  return shownAt && secondsBetween(shownAt, clock.now())
}

function secondsBetween(start: Date, end: Date): number {
  return (end.getTime() - start.getTime()) / 1000
}
