import type { Express } from 'express'
import request, { type Test } from 'supertest'
import { newId } from '../../db/uuid.js'
import { openSession } from '../../src/accounts/open-session.js'
import { hashPassword } from '../../src/accounts/password.js'
import type { Role } from '../../src/accounts/role.js'
import type { World } from './world.js'

export const PASSWORD = 'five bells over the harbour'
let hashed: Promise<string> | null = null

/** The region of every partner that a test makes. */
export const REGION = 'Galway'

/** Makes an account with `PASSWORD`, living in Helsinki; every call another address. */
export async function createAccount(world: World, role: Role): Promise<{ id: string; email: string }> {
  const id = newId(world.clock.now())
  const email = `${role}-${id.slice(-6)}@example.org`
  hashed ??= hashPassword(PASSWORD)
  const region = role === 'partner' ? REGION : ''
  const row = { id, email, name: `Aino the ${role}`, role, region, password_hash: await hashed }
  await world.db
    .insertInto('account')
    .values({ ...row, time_zone: 'Europe/Helsinki', created_at: world.clock.now(), disabled_at: null })
    .execute()
  return { id, email }
}

export type Browser = {
  accountId: string
  cookie: string
  get(path: string): Test
  /** Posts a form with the session's token, as the page's own forms do. */
  post(path: string, fields?: object): Test
}

/** A signed-in visitor of the application, without a real browser. */
export async function signedInBrowser(world: World, app: Express, role: Role): Promise<Browser> {
  const { id } = await createAccount(world, role)
  const token = await openSession(world, id)
  const cookie = `__Host-carillon=${token}`
  const { csrf_token } = await world.db
    .selectFrom('session')
    .select('csrf_token')
    .where('account_id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    accountId: id,
    cookie,
    get: (path) => request(app).get(path).set('Cookie', cookie),
    post: (path, fields = {}) =>
      request(app)
        .post(path)
        .set('Cookie', cookie)
        .type('form')
        .send({ ...fields, _csrf: csrf_token }),
  }
}
