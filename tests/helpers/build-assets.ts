import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../../src/project-root.js'

/** Builds dist/ with the pages' style and scripts, if anything has changed. */
export function buildAssets(): void {
  execFileSync(process.execPath, [join(projectRoot, '.config/build.mjs')], { cwd: projectRoot })
}
