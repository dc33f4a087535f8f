import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '../../src/project-root.js'

type Service = {
  command?: string[]
  healthcheck?: object
  deploy?: { replicas?: number }
  environment?: Record<string, string>
}

function dockerCompose(...given: string[]) {
  const env = { PATH: process.env['PATH'], SECRET_KEYS: `k1:${'ab'.repeat(32)}` }
  return spawnSync('docker-compose', given, { cwd: projectRoot, env, encoding: 'utf8' })
}

function hasDockerCompose(): boolean {
  const isThere = dockerCompose('version').status === 0
  if (!isThere && process.env['CI'] === 'true') throw new Error('docker-compose is missing: CI needs it.')
  if (!isThere) process.stderr.write('Skipped docker-compose.yml: there is no docker-compose here.\n')
  return isThere
}

const describeWithCompose = hasDockerCompose() ? describe : describe.skip

describeWithCompose('docker-compose.yml', () => {
  it('is valid and starts everything healthy: PostgreSQL, Valkey, web, two workers, an inbox', () => {
    const { status, stdout } = dockerCompose('config')
    expect(status).toBe(0)
    const { services } = parse(stdout) as { services: Record<string, Service> }
    expect(Object.keys(services).sort()).toEqual(['mailpit', 'postgres', 'valkey', 'web', 'worker'])
    expect(services['worker']?.deploy?.replicas).toBe(2)
    expect([services['web']?.command, services['worker']?.command]).toEqual([
      ['npm', 'run', 'web'],
      ['npm', 'run', 'worker'],
    ])
    for (const name of ['postgres', 'valkey', 'web']) expect(services[name]?.healthcheck).toBeDefined()
    for (const name of ['web', 'worker'])
      expect(Object.keys(services[name]?.environment ?? {})).toEqual(
        expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'SMTP_URL', 'SECRET_KEYS']),
      )
  })

  it('does not start without secret keys', () => {
    const env = { PATH: process.env['PATH'] }
    const refused = spawnSync('docker-compose', ['config'], { cwd: projectRoot, env, encoding: 'utf8' })
    expect(refused.status).not.toBe(0)
    expect(refused.stderr).toContain('set SECRET_KEYS')
  })
})

it('is built for an account that is not root', () => {
  const users = readFileSync(join(projectRoot, 'Dockerfile'), 'utf8').match(/^USER .+$/gm)
  expect(users?.at(-1)).toMatch(/^USER (?!root|0\b)/)
})
