// Writes templates/blocks/index.ts from the folders beside it, so that a new kind of block is a new folder and nothing else.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'templates/blocks')
const kinds = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, 'block.ts')))
  .sort()
const nameOf = (kind) => kind.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
const keyOf = (kind) => (nameOf(kind) === kind ? kind : `'${kind}': ${nameOf(kind)}`)
const source = `// Made by .config/list-blocks.mjs from the folders here.
${kinds.map((kind) => `import { ${nameOf(kind)} } from './${kind}/block.js'`).join('\n')}

/** Every kind of block, by the name of its folder. */
export const blockDefinitions = {
${kinds.map((kind) => `  ${keyOf(kind)},`).join('\n')}
} as const
`
const file = join(folder, 'index.ts')
if (!existsSync(file) || readFileSync(file, 'utf8') !== source) writeFileSync(file, source)
