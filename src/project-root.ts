import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that holds package.json and templates, whether the code runs from source or from dist/. */
export const projectRoot: string = climb(import.meta.dirname)

function climb(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'templates'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('The templates folder is missing beside package.json.')
  return climb(parent)
}
