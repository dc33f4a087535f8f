import { acceptAccountLink } from '../../src/accounts/accept-account-link.js'
import { createAccountLink } from '../../src/accounts/create-account-link.js'
import { ensureFirstAdminLink } from '../../src/accounts/ensure-first-admin-link.js'
import { findAccountLink } from '../../src/accounts/find-account-link.js'
import { findSession } from '../../src/accounts/find-session.js'
import { hashPassword, isPasswordOf } from '../../src/accounts/password.js'
import { mayDo } from '../../src/accounts/role.js'
import { signIn } from '../../src/accounts/sign-in.js'
import { signOut } from '../../src/accounts/sign-out.js'
import { ExpiredError, InvalidError, NotFoundError } from '../../src/errors.js'
import { createAccount, PASSWORD } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

const DAY_MS = 24 * 3600 * 1000
const SOMEBODY = {
  name: 'Aino',
  email: 'Aino@Example.org',
  time_zone: 'Europe/Helsinki',
  password: PASSWORD,
}
const tokenOf = (link: string | null) => (link ?? '').split('/account-links/')[1] ?? ''

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

describe('the first admin', () => {
  it('comes by a link that is made as long as there is no admin', async () => {
    const links = [await ensureFirstAdminLink(world), await ensureFirstAdminLink(world)]
    const id = await acceptAccountLink(world, tokenOf(links[1] ?? null), SOMEBODY)
    const account = await world.db.selectFrom('account').selectAll().executeTakeFirstOrThrow()
    expect(account).toMatchObject({ id, role: 'admin', time_zone: 'Europe/Helsinki' })
    expect(await ensureFirstAdminLink(world)).toBeNull()
    await expect(findAccountLink(world, tokenOf(links[0] ?? null))).rejects.toThrow(NotFoundError)
  })

  it('leaves no trace of the link or the password in the database', async () => {
    const token = tokenOf(await ensureFirstAdminLink(world))
    await acceptAccountLink(world, token, SOMEBODY)
    const rows = JSON.stringify([
      await world.db.selectFrom('account').selectAll().execute(),
      await world.db.selectFrom('account_link').selectAll().execute(),
    ])
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(PASSWORD)
    expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })
})

describe('an account link', () => {
  it('works once, however many press its button at the same time', async () => {
    const token = tokenOf(await createAccountLink(world, { role: 'coordinator', by: null }))
    const tries = ['a', 'b', 'c'].map((name) =>
      acceptAccountLink(world, token, { ...SOMEBODY, email: `${name}@example.org` }),
    )
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { count } = await world.db
      .selectFrom('account')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(1)
    await expect(findAccountLink(world, token)).rejects.toThrow(ExpiredError)
  })

  it('runs out after seven days', async () => {
    const token = tokenOf(await createAccountLink(world, { role: 'operator', by: null }))
    world.clock.advance(7 * DAY_MS - 1)
    expect((await findAccountLink(world, token)).role).toBe('operator')
    world.clock.advance(1)
    await expect(acceptAccountLink(world, token, SOMEBODY)).rejects.toThrow(ExpiredError)
  })

  it('for a partner carries the region, without which none is made', async () => {
    await expect(createAccountLink(world, { role: 'partner', region: ' ', by: null })).rejects.toThrow(
      'which region',
    )
    const token = tokenOf(await createAccountLink(world, { role: 'partner', region: ' Tartu ', by: null }))
    await acceptAccountLink(world, token, SOMEBODY)
    const session = await signIn(world, SOMEBODY)
    expect((await findSession(world, session))?.account).toMatchObject({ role: 'partner', region: 'Tartu' })
  })

  it('stays good when the address is taken', async () => {
    const { email } = await createAccount(world, 'coordinator')
    const token = tokenOf(await createAccountLink(world, { role: 'coordinator', by: null }))
    const taken = { ...SOMEBODY, email: email.toUpperCase() }
    await expect(acceptAccountLink(world, token, taken)).rejects.toThrow(InvalidError)
    await acceptAccountLink(world, token, SOMEBODY)
    expect(await signIn(world, SOMEBODY)).toMatch(/^[\w-]{43}$/)
  })

  it('sets a new password and signs every browser out', async () => {
    const { id, email } = await createAccount(world, 'operator')
    const session = await signIn(world, { email, password: PASSWORD })
    const token = tokenOf(await createAccountLink(world, { role: 'operator', accountId: id, by: null }))
    await acceptAccountLink(world, token, { password: 'another long password' })
    expect(await findSession(world, session)).toBeNull()
    await expect(signIn(world, { email, password: PASSWORD })).rejects.toThrow(InvalidError)
    expect(await signIn(world, { email, password: 'another long password' })).toBeTruthy()
  })
})

describe('a session', () => {
  it('opens for the right password in any case of the address, and ends with sign-out', async () => {
    const { id, email } = await createAccount(world, 'coordinator')
    const token = await signIn(world, { email: ` ${email.toUpperCase()} `, password: PASSWORD })
    expect((await findSession(world, token))?.account).toMatchObject({ id, timeZone: 'Europe/Helsinki' })
    await signOut(world, token)
    await signOut(world, token)
    expect(await findSession(world, token)).toBeNull()
  })

  it('says the same of an unknown address, a wrong password and a disabled account', async () => {
    const { id, email } = await createAccount(world, 'coordinator')
    const wordsOf = (attempt: Promise<unknown>) => attempt.catch((error: Error) => error.message)
    const unknown = await wordsOf(signIn(world, { email: 'nobody@example.org', password: PASSWORD }))
    const wrong = await wordsOf(signIn(world, { email, password: 'something else' }))
    const open = await signIn(world, { email, password: PASSWORD })
    await world.db
      .updateTable('account')
      .set({ disabled_at: world.clock.now() })
      .where('id', '=', id)
      .execute()
    const disabled = await wordsOf(signIn(world, { email, password: PASSWORD }))
    expect([wrong, disabled]).toEqual([unknown, unknown])
    expect(unknown).toBe('This address and password do not belong together.')
    expect(await findSession(world, open)).toBeNull()
  })

  it('lasts fourteen days without use, and longer with', async () => {
    const { email } = await createAccount(world, 'coordinator')
    const token = await signIn(world, { email, password: PASSWORD })
    world.clock.advance(13 * DAY_MS)
    expect(await findSession(world, token)).not.toBeNull()
    world.clock.advance(13 * DAY_MS)
    expect(await findSession(world, token)).not.toBeNull()
    world.clock.advance(14 * DAY_MS)
    expect(await findSession(world, token)).toBeNull()
  })
})

describe('a password', () => {
  it('is the same however its letters were composed', async () => {
    const hash = await hashPassword('caf\u00e9 au lait')
    expect(await isPasswordOf(hash, 'cafe\u0301 au lait')).toBe(true)
    expect(await isPasswordOf(hash, 'cafe au lait')).toBe(false)
    expect(await isPasswordOf(null, 'nobody signs in with this one')).toBe(false)
  })
})

describe('a role', () => {
  it('carries its own duties, an admin all of them', () => {
    expect(mayDo('coordinator', 'coordinate')).toBe(true)
    expect(mayDo('coordinator', 'operate')).toBe(false)
    expect(mayDo('operator', 'operate')).toBe(true)
    expect(mayDo('operator', 'coordinate')).toBe(false)
    const duties = ['coordinate', 'submit', 'operate', 'administer'] as const
    expect(duties.every((duty) => mayDo('admin', duty))).toBe(true)
    expect(duties.filter((duty) => mayDo('partner', duty))).toEqual(['submit'])
  })
})
