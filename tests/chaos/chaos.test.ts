import { execFileSync } from 'node:child_process'
import { projectRoot } from '../../src/project-root.js'
import { hasRedisServer } from '../helpers/redis-server.js'
import { faultsOf } from './faults.js'
import { playRound } from './round.js'

const SMALL = { recipients: 2500, workers: 2, blows: 3 }
const onRedis = hasRedisServer() ? it : it.skip

beforeAll(() => {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
}, 60_000)

onRedis(
  'loses nobody and writes to nobody twice while Redis and workers die',
  async () => {
    const result = await playRound({ ...SMALL, seed: 340630108, backend: 'redis' })
    expect(faultsOf(result)).toEqual([])
    expect(result.readers).toBe(SMALL.recipients)
  },
  120_000,
)

it('loses nobody and writes to nobody twice while PostgreSQL and workers die', async () => {
  const result = await playRound({ ...SMALL, seed: 340630115, backend: 'postgres' })
  expect(faultsOf(result)).toEqual([])
  expect(result.readers).toBe(SMALL.recipients)
}, 120_000)
