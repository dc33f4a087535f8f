import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportChoices } from '../../src/audience/import/import-choices.js'
import { importFile } from '../../src/audience/import/import-file.js'
import type { World } from './world.js'

type Given = Partial<ImportChoices> & { listId: string; name?: string; isDryRun?: boolean }

/** Imports a file of these lines, written below `folder`; counts are those of added, updated, unchanged and refused. */
export async function importLines(
  world: World,
  { folder, lines }: { folder: string; lines: string | readonly string[] },
  { name = 'people.csv', isDryRun = false, ...choices }: Given,
) {
  const path = join(folder, name)
  await writeFile(path, typeof lines === 'string' ? lines : `${lines.join('\n')}\n`)
  const usual = { source: 'Trade fair 2026', existing: 'fill' as const, columns: {} }
  const { importId, counts } = await importFile(world, { ...usual, ...choices, path, isDryRun })
  const { added, updated, unchanged, refused } = counts
  return { importId, counts: [added, updated, unchanged, refused] }
}
