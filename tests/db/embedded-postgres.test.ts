import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../db/embedded/start-embedded-postgres.js'
import {
  installHoldingScript,
  postmasterPid,
  startHoldingProcess,
} from '../helpers/embedded-postgres-process.js'

const NOBODY = { uid: 65534, gid: 65534 }
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
const isRoot = process.getuid?.() === 0

jest.setTimeout(30_000)

let root: string
let script: string
const dataDirectories = new Set<string>()

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'carillon-embedded-')))
  await chmod(root, 0o755)
  script = await installHoldingScript(root)
})

afterAll(async () => {
  const running = (await Promise.all([...dataDirectories].map(runningPid))).filter((pid) => pid !== undefined)
  for (const pid of running) process.kill(pid, 'SIGQUIT')
  for (const dataDirectory of dataDirectories)
    await rm(dirname(dataDirectory), { recursive: true, force: true })
  await rm(root, { recursive: true, force: true })
  expect(running).toEqual([])
})

async function runningPid(dataDirectory: string): Promise<number | undefined> {
  const pid = await postmasterPid(dataDirectory)
  return pid !== undefined && isAlive(pid) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function folder(name: string): Promise<string> {
  const checkout = join(root, name)
  await mkdir(checkout)
  return join(checkout, '.carillon')
}

async function start(directory: string, settings: Record<string, string> = FAST): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory, settings })
  dataDirectories.add(postgres.dataDirectory)
  return postgres
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

const remember = (url: string): Promise<unknown> => ask(url, 'create table memory as select 42 as answer')
const recall = (url: string): Promise<unknown> => ask(url, 'select answer from memory')

async function killServer(postgres: Pick<EmbeddedPostgres, 'dataDirectory'>): Promise<void> {
  process.kill((await postmasterPid(postgres.dataDirectory)) ?? 0, 'SIGKILL')
}

describe('a fresh start', () => {
  let directory: string
  let postgres: EmbeddedPostgres

  beforeAll(async () => {
    directory = await folder('fresh')
    postgres = await start(directory, { ...FAST, max_connections: '40' })
  })
  afterAll(() => postgres.release())

  it('creates a database in UTF-8 that sorts the same on every machine', async () => {
    expect(postgres.url).toMatch(/^postgres:\/\/carillon:[0-9a-f]{48}@127\.0\.0\.1:\d+\/carillon$/)
    expect(await ask(postgres.url, "select current_setting('server_encoding') as answer")).toBe('UTF8')
    expect(
      await ask(
        postgres.url,
        'select datlocale as answer from pg_database where datname = current_database()',
      ),
    ).toBe('C.UTF-8')
  })

  it('listens on 127.0.0.1 only', async () => {
    expect(await ask(postgres.url, "select current_setting('listen_addresses') as answer")).toBe('127.0.0.1')
    expect(await ask(postgres.url, "select current_setting('unix_socket_directories') as answer")).toBe('')
  })

  it('passes the settings on', async () => {
    expect(await ask(postgres.url, "select current_setting('max_connections') as answer")).toBe('40')
    expect(await ask(postgres.url, "select current_setting('fsync') as answer")).toBe('off')
  })

  it('asks for the password, which only the owner of the folder may read', async () => {
    await expect(
      ask(postgres.url.replace(/:[0-9a-f]{48}@/, ':guess@'), 'select 1 as answer'),
    ).rejects.toThrow('password authentication failed')
    expect((await stat(join(directory, 'postgres.json'))).mode & 0o777).toBe(0o600)
  })

  it('keeps the values of a violated key out of the server log', async () => {
    await ask(postgres.url, 'create table reader (email text primary key)')
    const twice = "insert into reader values ('ada@example.com'), ('ada@example.com')"
    await expect(ask(postgres.url, twice)).rejects.toThrow('duplicate key')
    const serverLog = await readFile(join(dirname(postgres.dataDirectory), 'server.log'), 'utf8')
    expect(serverLog).toContain('duplicate key')
    expect(serverLog).not.toContain('ada@example.com')
  })
})

describe('several holders of one folder', () => {
  it('share one server, and the last to release stops it', async () => {
    const directory = await folder('shared')
    const first = await start(directory)
    const second = await startHoldingProcess({ script, directory })
    expect(second.url).toBe(first.url)

    await first.release()
    await first.release()
    expect(await ask(second.url, 'select 1 as answer')).toBe(1)

    await second.release()
    expect(await runningPid(first.dataDirectory)).toBeUndefined()
  })

  it('agree on one server when they make the first start at the same instant', async () => {
    const directory = await folder('simultaneous')
    const holders = await Promise.all([
      start(directory),
      startHoldingProcess({ script, directory }),
      start(directory),
    ])
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1)
    await Promise.all(holders.map((holder) => holder.release()))
    expect(await runningPid(holders[0].dataDirectory)).toBeUndefined()
  })

  it('find the data again while others start and stop the server beneath them', async () => {
    const directory = await folder('relay')
    const first = await start(directory)
    await remember(first.url)
    const visits = Array.from({ length: 4 }, async () => {
      const postgres = await start(directory)
      const answer = await recall(postgres.url)
      await postgres.release()
      return answer
    })
    const [answers] = await Promise.all([Promise.all(visits), first.release()])
    expect(answers).toEqual([42, 42, 42, 42])
  })
})

describe('after a violent end', () => {
  it('adopts the server that a killed process left running', async () => {
    const directory = await folder('orphan')
    const killed = await startHoldingProcess({ script, directory })
    await remember(killed.url)
    await killed.kill()
    expect(await runningPid(killed.dataDirectory)).toBeDefined()

    const adopter = await start(directory)
    expect(adopter.url).toBe(killed.url)
    expect(await recall(adopter.url)).toBe(42)
    await adopter.release()
    expect(await runningPid(adopter.dataDirectory)).toBeUndefined()
  })

  it('starts again when the server was killed', async () => {
    const directory = await folder('crashed')
    const before = await start(directory, {})
    await remember(before.url)
    await killServer(before)
    const after = await start(directory)
    expect(await recall(after.url)).toBe(42)
    await before.release()
    expect(await recall(after.url)).toBe(42)
    await after.release()
  })

  it('starts again when the machine was restarted and the old process number belongs to somebody else', async () => {
    const directory = await folder('rebooted')
    const before = await start(directory)
    await remember(before.url)
    const file = join(before.dataDirectory, 'postmaster.pid')
    const [, ...rest] = (await readFile(file, 'utf8')).split('\n')
    const { uid, gid } = await stat(before.dataDirectory)
    await before.release()

    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      uid,
      gid,
      cwd: '/',
      stdio: 'ignore',
    })
    await writeFile(file, [stranger.pid, ...rest].join('\n'))
    await chown(file, uid, gid)
    const after = await start(directory)
    expect(await recall(after.url)).toBe(42)
    expect(stranger.exitCode).toBeNull()
    await after.release()
    stranger.kill()
    await once(stranger, 'exit')
  })
})

describe('when it cannot start', () => {
  it('says what failed and where the log is', async () => {
    const directory = await folder('broken')
    await expect(start(directory, { shared_buffers: 'plenty' })).rejects.toThrow(
      /could not be started[^]*invalid value for parameter "shared_buffers"[^]*Its log is .*server\.log\./,
    )
  })

  it('refuses a setting that a shell would interpret', async () => {
    const directory = await folder('shell')
    await expect(start(directory, { search_path: '$(id)' })).rejects.toThrow(
      'The setting search_path = $(id) cannot be given',
    )
  })

  it('names the versions when the data are of another PostgreSQL', async () => {
    const directory = await folder('older')
    const postgres = await start(directory)
    await postgres.release()
    await writeFile(join(postgres.dataDirectory, 'PG_VERSION'), '17\n')
    await expect(start(directory)).rejects.toThrow('was written by PostgreSQL 17')
  })
})

if (isRoot) {
  describe('as root', () => {
    it('runs the server as an unprivileged account', async () => {
      const postgres = await start(await folder('unprivileged'))
      expect((await stat(`/proc/${await postmasterPid(postgres.dataDirectory)}`)).uid).toBeGreaterThan(0)
      await postgres.release()
    })

    it('keeps programs and data where that account can reach them when the checkout is private', async () => {
      const directory = await folder('private')
      await chmod(dirname(directory), 0o700)
      const copy = join(dirname(directory), 'app')
      await mkdir(copy)
      const first = await startHoldingProcess({ script: await installHoldingScript(copy), directory })
      dataDirectories.add(first.dataDirectory)
      await remember(first.url)
      expect(first.dataDirectory).toMatch(/^\/var\/lib\/carillon\/[0-9a-f]{16}\/data$/)
      expect(await readFile(join(directory, 'postgres.json'), 'utf8')).toContain(dirname(first.dataDirectory))
      await first.release()

      const second = await start(directory)
      expect(await recall(second.url)).toBe(42)
      await second.release()
    })
  })

  describe('as an ordinary account', () => {
    async function ordinaryFolder(name: string): Promise<string> {
      const directory = await folder(name)
      await chown(dirname(directory), NOBODY.uid, NOBODY.gid)
      await chmod(dirname(directory), 0o700)
      return directory
    }

    it('keeps everything in the folder, also the programs when npm left node_modules incomplete and read-only', async () => {
      const directory = await ordinaryFolder('ordinary')
      const app = join(root, 'read-only')
      await mkdir(app)
      const postgres = await startHoldingProcess({
        script: await installHoldingScript(app),
        directory,
        account: NOBODY,
      })
      expect((await readdir(directory)).filter((name) => name !== 'postgres.json')).toEqual([
        'postgres',
        expect.stringMatching(/^postgres-18\./),
      ])
      dataDirectories.add(postgres.dataDirectory)
      expect(postgres.dataDirectory).toBe(join(directory, 'postgres', 'data'))
      expect((await stat(directory)).mode & 0o777).toBe(0o700)
      expect(await ask(postgres.url, 'select 1 as answer')).toBe(1)
      await postgres.release()
      expect(await runningPid(postgres.dataDirectory)).toBeUndefined()
    })

    it('does not take over the database of another account, but root may start that of anybody', async () => {
      const directory = await ordinaryFolder('owned')
      const postgres = await startHoldingProcess({ script, directory, account: NOBODY })
      await remember(postgres.url)
      await postgres.release()

      const asRoot = await start(directory)
      expect((await stat(`/proc/${await postmasterPid(asRoot.dataDirectory)}`)).uid).toBe(NOBODY.uid)
      expect(await recall(asRoot.url)).toBe(42)
      await asRoot.release()

      await chown(join(directory, 'postgres.json'), 0, 0)
      await expect(startHoldingProcess({ script, directory, account: NOBODY })).rejects.toThrow(
        'belongs to another account',
      )
    })
  })
}
