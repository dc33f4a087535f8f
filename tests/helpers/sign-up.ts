import type { Express } from 'express'
import request, { type Test } from 'supertest'
import { formStamp } from '../../src/audience/forms/form-stamp.js'
import { type SignUp, signUp as signUpNow } from '../../src/audience/sign-up.js'
import { enqueueMails, takeSignUp } from '../../src/audience/take-sign-up.js'
import type { Context } from '../../src/context.js'
import type { World } from './world.js'

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>
type Typed = Readonly<Record<string, string | readonly string[]>>

/** A stamp of a form that was shown a minute ago. */
export async function agedStamp({ db, clock, keys }: Needs, slug = 'join'): Promise<string> {
  const { id: formId } = await db
    .selectFrom('form')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  return formStamp(keys, { formId, now: new Date(clock.now().getTime() - 60_000) })
}

/** Posts a form as somebody does who took a minute to fill it in. */
export async function postSignUp(
  ctx: Needs,
  app: Express,
  typed: Typed,
  path = '/join',
): Promise<Awaited<Test>> {
  const slug = new URL(path, 'http://localhost').pathname.split('/').at(-1)
  const stamp = await agedStamp(ctx, slug)
  return request(app)
    .post(path)
    .type('form')
    .send({ stamp, ...typed })
}

/** Runs the jobs of the sign-ups that are kept, as a worker would. */
export async function takeSignUps(world: World): Promise<void> {
  const kept = await world.db.selectFrom('sign_up').select('id').orderBy('id').execute()
  for (const { id } of kept) await takeSignUp(world, { signUpId: id })
}

/** Somebody signs up and a worker takes it, without a form before. */
export async function signUp({ db, clock, keys, queues }: World, input: SignUp): Promise<void> {
  const now = clock.now()
  const mails = await db.transaction().execute((tx) => signUpNow(tx, { keys, now }, input))
  await enqueueMails(queues, mails)
}
