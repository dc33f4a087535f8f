import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { projectRoot } from '../../src/project-root.js'
import { faultsOf } from './faults.js'
import { playRound, type RoundResult } from './round.js'

const whole = (fallback: number) => z.coerce.number().int().min(1).default(fallback)
const Options = z.object({
  rounds: whole(20),
  seed: z.coerce.number().int().optional(),
  recipients: whole(6000),
  workers: whole(2),
  blows: whole(6),
  backend: z.enum(['redis', 'postgres', 'both']).default('both'),
  json: z.boolean().default(false),
})

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string' },
    recipients: { type: 'string' },
    workers: { type: 'string' },
    blows: { type: 'string' },
    backend: { type: 'string' },
    json: { type: 'boolean' },
  },
})
const { rounds, json, backend, seed: asked, ...options } = Options.parse(values)
const firstSeed = asked ?? Math.floor(Math.random() * 1e9)
const say = (line: string) => process.stderr.write(`${line}\n`)
execFileSync('npm', ['run', '-s', 'build'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] })
const startedAt = performance.now()
const results: RoundResult[] = []
let broken = 0
for (let number = 0; number < rounds; number++) {
  const chosen = backend === 'both' ? (number % 2 === 0 ? 'redis' : 'postgres') : backend
  const result = await playRound({ ...options, seed: firstSeed + number, backend: chosen })
  const faults = faultsOf(result)
  if (faults.length > 0) broken++
  results.push(result)
  say(
    `round ${number + 1} (seed ${result.seed}, ${chosen}): ${result.accepted} of ${result.readers} accepted, ` +
      `${result.doubtful.length} in doubt, ${result.unexplained} of them by ${result.kills} kills (at most ${result.bound}); ` +
      `${result.blows.join(', ')}`,
  )
  for (const fault of faults) say(`  FAULT: ${fault}`)
  if (faults.length > 0) for (const remark of new Set(result.remarks)) say(`    ${remark}`)
}
const sum = (of: (result: RoundResult) => number) => results.reduce((total, result) => total + of(result), 0)
const summary = {
  rounds,
  readers: sum(({ readers }) => readers),
  lost: sum(({ lost }) => lost.length),
  twice: sum(({ twice }) => twice.length),
  doubtful: sum(({ doubtful }) => doubtful.length),
  kills: sum(({ kills }) => kills),
  doubtfulByKills: sum(({ unexplained }) => unexplained),
  roundsWithFaults: broken,
  firstSeed,
  seconds: Math.round((performance.now() - startedAt) / 1000),
}
if (json) process.stdout.write(`${JSON.stringify(summary)}\n`)
else say(JSON.stringify(summary))
process.exitCode = broken === 0 ? 0 : 1
