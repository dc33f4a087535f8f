// Builds dist/: the server's TypeScript as JavaScript, the pages' style sheet. Exits at once when nothing has changed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
const inputs = ['src', 'workers', 'db', 'templates'].flatMap(filesBelow).sort()
const hash = createHash('sha256')
for (const file of ['package-lock.json', ...inputs]) {
  if (existsSync(file)) hash.update(file).update(readFileSync(file))
}
const stamp = hash.digest('hex')
const isFresh = existsSync('dist/.stamp') && readFileSync('dist/.stamp', 'utf8') === stamp
if (!isFresh) await buildAll()

async function buildAll() {
  const { build } = await import('esbuild')
  rmSync('dist', { recursive: true, force: true })
  await build({
    entryPoints: inputs.filter((file) => file.endsWith('.ts') && !file.startsWith('src/client/')),
    outdir: 'dist',
    outbase: '.',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  })
  mkdirSync('dist/public', { recursive: true })
  execFileSync(
    process.execPath,
    [
      'node_modules/@tailwindcss/cli/dist/index.mjs',
      '-i',
      'src/web/app.css',
      '-o',
      'dist/public/app.css',
      '--minify',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  writeFileSync('dist/.stamp', stamp)
}
