import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.js'
import { projectRoot } from '../../src/project-root.js'
import { buildAssets } from '../helpers/build-assets.js'
import { createDatabase } from '../helpers/world.js'

let home: string
let env: Record<string, string>
let drop: () => Promise<void>
beforeAll(async () => {
  buildAssets()
  home = await mkdtemp(join(tmpdir(), 'carillon-cli-'))
  const database = await createDatabase()
  drop = database.drop
  env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: database.url,
    CARILLON_HOME: home,
    INBOX_PORT: '0',
    INBOX_SMTP_PORT: '0',
  }
})
afterAll(async () => {
  await drop()
  await rm(home, { recursive: true, force: true })
})

type Answer = { code: number; answer: Record<string, unknown>; error: string }

function carillon(...given: string[]): Promise<Answer> {
  const program = join(projectRoot, 'dist/src/cli/main.js')
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...given], { env }, (error, stdout, stderr) => {
      const code = error ? Number(error.code) : 0
      resolve({ code, answer: stdout ? JSON.parse(stdout) : {}, error: stderr })
    })
  })
}

it('takes an issue from a list and a file to its recipients', async () => {
  expect(await carillon('migrate')).toMatchObject({ code: 0, answer: { ok: true } })
  await carillon('list', 'create', 'Readers')
  const added = ['subscriber', 'add', 'ada@example.org', '--list', 'Readers', '--source', 'Trade fair']
  expect((await carillon(...added, '--field', 'FIRSTNAME=Ada')).code).toBe(0)
  const file = join(home, 'issue.json')
  await writeFile(file, JSON.stringify(ISSUE))
  const { answer: made } = await carillon('issue', 'compose', file)
  const id = String(made['id'] ?? made['issueId'])
  expect((await carillon('issue', 'test', id, 'me@example.org')).answer).toMatchObject({ kind: 'accepted' })
  expect((await carillon('issue', 'check', id, '--json')).answer).toMatchObject({
    errors: 0,
    audience: { recipients: 1 },
    mail: { bytes: expect.any(Number) },
  })
  expect((await carillon('issue', 'send', id, '--at', '2001-01-01T09:00Z')).error).toContain(
    'This time has passed',
  )
  expect((await carillon('issue', 'send', id, '--canary-list', 'Nobody')).error).toContain('no list called')
  expect((await carillon('issue', 'send', id, '--canary-percent', '60')).error).toContain('0.1 and 50')
  const sent = await carillon('issue', 'send', id, '--canary-list', 'Readers', '--canary-limit', '10')
  expect(sent.answer).toMatchObject({ balance: { recipients: 1 }, canary: { limitPercent: 10 } })
  expect((await carillon('issue', 'speed', id, '--per-hour', '500')).code).toBe(0)
  expect(await carillon('issue', 'speed', id, '--per-hour', 'fast')).toMatchObject({ code: 2 })
  expect((await carillon('issue', 'balance', id)).answer['csv']).toContain('ada@example.org,1,recipient')
  expect((await carillon('issue', 'pause', id)).code).toBe(0)
  expect(await carillon('issue', 'pause', id)).toMatchObject({ code: 2 })
  expect((await carillon('issue', 'cancel', id)).code).toBe(0)
  expect(await carillon('issue', 'speed', id, '--per-hour', 'none')).toMatchObject({ code: 2 })
}, 240_000)

it('tests an issue on a group, and sends only what was approved where a list asks for it', async () => {
  await carillon('list', 'create', 'Town')
  await carillon('subscriber', 'add', 'bob@example.org', '--list', 'Town', '--source', 'Trade fair')
  const file = join(home, 'town.json')
  await writeFile(file, JSON.stringify({ ...ISSUE, lists: ['Town'] }))
  const { answer: made } = await carillon('issue', 'compose', file)
  const id = String(made['issueId'])
  await carillon('test-group', 'save', 'Team', 'one@example.org', 'two@example.org')
  const tests = await carillon('issue', 'test', id, '--group', 'team', '--as', 'bob@example.org')
  expect(tests.answer).toMatchObject({ results: [{ to: 'one@example.org' }, { to: 'two@example.org' }] })
  expect((await carillon('list', 'approval', 'Town', 'on')).code).toBe(0)
  expect((await carillon('issue', 'send', id)).error).toContain('approval: Only approved issues')
  const submit = ['--note', 'Soon?', '--subject-b', 'Another', '--test-percent', 'many']
  expect(await carillon('issue', 'submit', id, ...submit)).toMatchObject({ code: 2 })
  expect((await carillon('issue', 'submit', id, '--note', 'Soon?')).code).toBe(0)
  expect((await carillon('issue', 'approval', id)).answer).toMatchObject({
    state: 'waiting',
    demandedBy: ['Town'],
  })
}, 240_000)

it('makes lists as they shall be, and changes what is given', async () => {
  const made = await carillon(
    'list',
    'create',
    'Harbour',
    '--language',
    'fi',
    '--opt-in',
    'single',
    '--public',
    'off',
  )
  expect(made.code).toBe(0)
  expect((await carillon('list', 'set', 'Harbour', '--welcome', 'on', '--rename', 'Port')).code).toBe(0)
  const { answer } = await carillon('list', 'show')
  expect(Object.values(answer)).toContainEqual(
    expect.objectContaining({
      name: 'Port',
      language: 'fi',
      opt_in: 'single',
      is_public: false,
      sends_welcome: true,
    }),
  )
  expect((await carillon('list', 'set', 'Nowhere', '--welcome', 'on')).code).toBe(2)
  expect((await carillon('list', 'set', 'Port', '--language', 'no such')).code).toBe(2)
}, 240_000)

it('shows and sets how fast and when mail leaves', async () => {
  const set = (...options: string[]) => carillon('sending', 'set', ...options)
  const all = [
    '--per-hour',
    '20000',
    '--hours',
    '08:00-20:00',
    '--days',
    '1,2,3',
    '--zone',
    'Europe/Helsinki',
  ]
  expect(
    (await set(...all, '--recall', '30', '--give-up', '24', '--policy-limit', '3')).answer,
  ).toMatchObject({
    rate_per_hour: 20_000,
    window_from: '08:00:00',
    window_to: '20:00:00',
    window_days: [1, 2, 3],
    window_zone: 'Europe/Helsinki',
    recall_seconds: 30,
    give_up_hours: 24,
    policy_limit_percent: 3,
  })
  const lifted = await set('--per-hour', 'none', '--hours', 'none', '--days', '1,2,3,4,5,6,7')
  expect(lifted.answer).toMatchObject({ rate_per_hour: null, window_from: null, recall_seconds: 30 })
  expect(await set('--recall', '500')).toMatchObject({
    code: 2,
    error: expect.stringContaining('120 seconds'),
  })
  expect((await carillon('sending', 'provider', 'gmail', '--per-hour', '1000')).code).toBe(0)
  expect(await carillon('sending', 'provider', 'gnail', '--per-hour', '1')).toMatchObject({ code: 2 })
  expect(await carillon('sending', 'provider', 'gmail')).toMatchObject({ code: 2 })
  expect(await carillon('sending', 'relay', 'mx1', '--wake')).toMatchObject({ code: 2 })
  const plan = ['--first-day', '500', '--growth', '50', '--days', '14']
  expect((await carillon('sending', 'warm-up', 'news.example.org', ...plan)).answer).toMatchObject({
    domain: 'news.example.org',
    ceiling: 500,
    sentToday: 0,
  })
  const changed = await carillon('sending', 'warm-up', 'news.example.org', '--first-day', '100')
  expect(changed.answer).toMatchObject({ first_day: 100, growth_percent: 50, days: 14 })
  expect((await carillon('sending', 'show')).answer).toMatchObject({
    settings: { recall_seconds: 30 },
    providers: [{ name: 'gmail', rate_per_hour: 1000 }],
    warmUps: [{ domain: 'news.example.org', ceiling: 100 }],
    relays: [],
    workers: [],
  })
  expect((await carillon('sending', 'warm-up', 'news.example.org', '--remove')).code).toBe(0)
  expect(await carillon('sending', 'warm-up', 'news.example.org', '--remove')).toMatchObject({ code: 2 })
}, 240_000)

it('refuses with 2 and a sentence, and prints nothing else', async () => {
  const wrong = ['subscriber', 'add', 'not-an-address', '--list', 'Readers', '--source', 'x']
  const refused = await carillon(...wrong)
  expect(refused).toMatchObject({ code: 2, answer: {} })
  expect(refused.error).toMatch(/^email: .+\n$/)
  expect(
    (await carillon('subscriber', 'add', 'a@example.org', '--list', 'Nobody', '--source', 'x')).error,
  ).toContain('There is no list called “Nobody”.')
})

it('makes one-time links to accounts and locks accounts out', async () => {
  const { answer } = await carillon('account', 'invite', '--role', 'admin')
  expect(answer['link']).toMatch(/^http:\/\/localhost:3000\/account-links\/[\w-]{43}$/)
  expect((await carillon('account', 'invite', '--role', 'king')).code).not.toBe(0)
  const db = openDatabase(env['DATABASE_URL'] ?? '')
  for (const name of ['aino', 'eleni'])
    await db
      .insertInto('account')
      .values({
        id: crypto.randomUUID(),
        email: `${name}@example.org`,
        name,
        role: 'admin',
        password_hash: null,
        created_at: new Date(),
        disabled_at: null,
      })
      .execute()
  expect((await carillon('account', 'password', 'AINO@example.org')).answer['link']).toContain(
    '/account-links/',
  )
  expect((await carillon('account', 'disable', 'aino@example.org')).code).toBe(0)
  expect(await carillon('account', 'disable', 'eleni@example.org')).toMatchObject({ code: 2 })
  expect(await carillon('account', 'password', 'nobody@example.org')).toMatchObject({ code: 2 })
  await db.destroy()
}, 240_000)

const ISSUE = {
  organisation: {
    name: 'Town',
    address: 'Main Street 1',
    reason: 'You asked for it.',
    copyright: '',
    funding_statement: 'Paid by the town.',
    website: 'https://example.org',
    from_name: 'Town',
    from_email: 'news@example.org',
    reply_to: '',
    primary_colour: '#123456',
    accent_colour: '#654321',
  },
  title: 'May',
  subject: 'May for <<contact.FIRSTNAME>>',
  preheader: '',
  lists: ['Readers'],
  blocks: [{ kind: 'text', html: '<p>Hello</p>' }],
}

it('asks the mail server to try again while the database is away, and takes mail that is not for it', async () => {
  const pipe = async (given: Record<string, string>, ...options: string[]) => {
    const program = join(projectRoot, 'dist/src/cli/main.js')
    const child = spawn(process.execPath, [program, 'unsubscribe-mail', ...options], {
      env: { ...env, ...given },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    child.stdin.end('From: a@example.org\nTo: nobody@example.org\n\nhello\n')
    const [code] = await once(child, 'exit')
    return code
  }
  expect(await pipe({})).toBe(0)
  expect(await pipe({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toBe(75)
  expect(await pipe({ PUBLIC_URL: 'no address' })).toBe(75)
  expect(await pipe({}, '--no-such-option')).toBe(75)
}, 240_000)
