import { type ChildProcess, spawn } from 'node:child_process'
import { newId } from '../../db/uuid.js'
import { openSession } from '../../src/accounts/open-session.js'
import type { Context } from '../../src/context.js'
import { projectRoot } from '../../src/project-root.js'
import { freePort } from '../helpers/free-port.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** An admin's cookie, and the token that the forms of their session carry. */
export async function signIn(ctx: Needs): Promise<{ cookie: string; csrf: string }> {
  const id = newId(ctx.clock.now())
  const person = { id, email: 'bench@example.org', name: 'Bench', role: 'admin' as const }
  await ctx.db
    .insertInto('account')
    .values({
      ...person,
      password_hash: null,
      disabled_at: null,
      time_zone: 'UTC',
      created_at: ctx.clock.now(),
    })
    .execute()
  const token = await openSession(ctx, id)
  const session = await ctx.db.selectFrom('session').select('csrf_token').executeTakeFirstOrThrow()
  return { cookie: `carillon=${token}`, csrf: session.csrf_token }
}

/** The built web process on a database, as soon as it is ready. */
export async function serve(databaseUrl: string): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js', '--web'], {
    cwd: projectRoot,
    env: {
      ...{ PATH: process.env['PATH'], DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1' },
      ...{ SMTP_URL: 'smtp://127.0.0.1:9', SECRET_KEYS: `bench:${'5a'.repeat(32)}`, LOG_LEVEL: 'info' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The web process ended before it was ready.')))
    child.stdout.on('data', (piece) => String(piece).includes('is ready at') && resolve())
  })
  return { url: `http://127.0.0.1:${port}`, child }
}
