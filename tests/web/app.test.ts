import type { Express } from 'express'
import request from 'supertest'
import { createApp } from '../../src/web/app.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let app: Express
beforeAll(async () => {
  world = await createWorld()
  app = createApp(world)
})
afterAll(() => world.close())

const INSIDES = /\n\s+at |&nbsp;at |node_modules|\.ts:\d|relation/

describe('headers', () => {
  it('allows no inline script or style and no other host to run anything', async () => {
    const { headers } = await request(app).get('/healthz')
    const policy = headers['content-security-policy']
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-powered-by']).toBeUndefined()
  })

  it('promises https only where the public address has it', async () => {
    const plain = createApp({ ...world, config: { ...world.config, publicUrl: 'http://localhost:3000' } })
    expect((await request(app).get('/healthz')).headers['strict-transport-security']).toContain('max-age')
    expect((await request(plain).get('/healthz')).headers['strict-transport-security']).toBeUndefined()
  })
})

describe('errors', () => {
  it.each([
    ['an unknown page', 404, () => request(app).get('/nothing')],
    ['a token that is no text', 400, () => request(app).get('/u/%E0%A4%A')],
    [
      'a form that is too large',
      413,
      () =>
        request(app)
          .post('/join')
          .type('form')
          .send(`email=${'a'.repeat(500_000)}`),
    ],
    [
      'a form in an unknown character set',
      415,
      () => request(app).post('/join').type('application/x-www-form-urlencoded; charset=zzz').send('email=a'),
    ],
  ])('answers %s with a friendly %d page', async (_what, status, ask) => {
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('<h1')
    expect(answer.text).not.toMatch(INSIDES)
  })

  it('keeps what went wrong inside to itself and logs it without its message', async () => {
    const lines: object[] = []
    const log = Object.assign(Object.create(world.log), { error: (line: object) => lines.push(line) })
    const broken = await createWorld()
    await broken.db.schema.dropTable('list').cascade().execute()
    const answer = await request(createApp({ ...broken, log })).get('/join')
    await broken.close()
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('Something went wrong on our side')
    expect(answer.text).not.toMatch(INSIDES)
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines)).toContain('42P01')
    expect(JSON.stringify(lines)).not.toContain('does not exist')
  })
})

describe('readiness', () => {
  it('is ready with a database and waiting without one', async () => {
    const broken = await createWorld()
    const brokenApp = createApp(broken)
    expect((await request(brokenApp).get('/readyz')).status).toBe(200)
    await broken.close()
    expect((await request(brokenApp).get('/readyz')).status).toBe(503)
    expect((await request(brokenApp).get('/healthz')).status).toBe(200)
  })
})
