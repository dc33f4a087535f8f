import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/project-root.js'
import { runNpm } from '../helpers/npm-process.js'

const NOBODY = { uid: 65_534, gid: 65_534 }
const PARTS = [
  'src',
  'workers',
  'db',
  'templates',
  '.config',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

// Only root can become another account; an ordinary account is the other case already.
const isRoot = process.getuid?.() === 0
if (!isRoot) process.stderr.write('Skipped the demo as another account: only root can become one.\n')
const describeAsRoot = isRoot ? describe : describe.skip

/** A checkout below a home that only its owner may enter, owned by the account; node_modules are hard links. */
function checkoutOf(account: { uid: number; gid: number }): { home: string; folder: string } {
  const home = mkdtempSync(join(tmpdir(), 'carillon-home-'))
  const folder = join(home, 'carillon')
  mkdirSync(folder)
  for (const part of PARTS) cpSync(join(projectRoot, part), join(folder, part), { recursive: true })
  execFileSync('cp', ['-al', join(projectRoot, 'node_modules'), join(folder, 'node_modules')])
  for (const place of [home, folder, join(folder, 'node_modules')]) chownSync(place, account.uid, account.gid)
  chmodSync(home, 0o700)
  return { home, folder }
}

describeAsRoot('the demo on a machine with nothing but Node, below a home of mode 0700', () => {
  it.each([
    ['root', { uid: 0, gid: 0 }],
    ['an ordinary account', NOBODY],
  ])(
    'sends to everybody as %s',
    async (_who, account) => {
      const { home, folder } = checkoutOf(account)
      const env = { HOME: home, INBOX_PORT: '0', INBOX_SMTP_PORT: '0', PORT: '0' }
      const demo = runNpm(['demo', '--', '--once'], { cwd: folder, env, ...account })
      const code = await demo.ended
      const output = demo.output()
      rmSync(home, { recursive: true, force: true })
      expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^\{.*\}\n$/) })
      const { recipients, accepted, seconds } = JSON.parse(output)
      expect(recipients).toBeGreaterThan(0)
      expect(accepted).toBe(recipients)
      expect(seconds).toBeLessThan(60)
    },
    90_000,
  )
})
