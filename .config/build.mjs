// Builds dist/: the server's TypeScript as JavaScript, the pages' style sheet. Exits at once when nothing has changed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

await import('./list-blocks.mjs')
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
const LOCK = 'dist.lock'
const LOCK_STALE_MS = 60_000
const isFresh = () => existsSync('dist/.stamp') && readFileSync('dist/.stamp', 'utf8') === stamp
if (!isFresh()) await buildAlone()

// `npm run web` and `npm run worker` often start in the same moment; only one of them may replace dist/.
async function buildAlone() {
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 50))
  try {
    if (!isFresh()) await buildAll()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

function takeLock() {
  try {
    mkdirSync(LOCK)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    // A build that was killed leaves its lock behind.
    if (Date.now() - since > LOCK_STALE_MS) rmSync(LOCK, { recursive: true, force: true })
    return false
  }
}

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
  mkdirSync('dist/public/fonts', { recursive: true })
  await build({
    entryPoints: ['src/client/app.ts'],
    outdir: 'dist/public',
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    target: 'es2022',
    loader: { '.svg': 'text' },
    logLevel: 'warning',
  })
  // One classic script that any site can load.
  await build({
    entryPoints: ['src/client/sign-up.ts'],
    outdir: 'dist/public',
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    logLevel: 'warning',
  })
  for (const subset of ['latin', 'latin-ext', 'greek', 'cyrillic'])
    copyFileSync(
      `node_modules/@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`,
      `dist/public/fonts/inter-${subset}.woff2`,
    )
  copyFileSync('templates/pages/mark.svg', 'dist/public/mark.svg')
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
