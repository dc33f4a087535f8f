import type { Database } from '../../../db/database.js'
import type { FoundFile } from '../../../db/tables/import.js'
import { InvalidError } from '../../errors.js'
import { standingOfFile } from './columns/recognise-service.js'
import { type ImportSource, storedSource } from './source/import-source.js'
import { inspectFile } from './source/inspect-file.js'
import { openFiles } from './source/open-files.js'

/** What somebody says of a file where it says otherwise, or nothing. */
export type FileChoices = Partial<Pick<FoundFile, 'encoding' | 'delimiter' | 'standing'>> & {
  isTaken?: boolean
}

/** The files of a draft with what was chosen for each; one that is to be read in another way is looked at anew. Throws `InvalidError` at `file`. */
export async function chooseForFiles(
  db: Database,
  one: { id: string; file_name: string; files: readonly FoundFile[] },
  choices: readonly FileChoices[],
): Promise<FoundFile[]> {
  let source: ImportSource | undefined
  const chosen: FoundFile[] = []
  for (const [at, found] of one.files.entries()) {
    const choice = choices[at] ?? {}
    const isSame = (name: 'encoding' | 'delimiter') => (choice[name] ?? found[name]) === found[name]
    if (found.header.length === 0 || (isSame('encoding') && isSame('delimiter'))) {
      chosen.push(withChoice(found, choice))
      continue
    }
    source ??= await storedSource(db, one)
    const file = (await openFiles(source))[at]
    const { encoding = found.encoding, delimiter = found.delimiter } = choice
    chosen.push(withChoice(file ? await inspectFile(file, { encoding, delimiter }) : found, choice))
  }
  if (chosen.every(({ isLeftOut }) => isLeftOut))
    throw new InvalidError({ file: 'Choose at least one of the files.' })
  return chosen
}

function withChoice(found: FoundFile, { standing, isTaken = !found.isLeftOut }: FileChoices): FoundFile {
  const { isLeftOut: _before, ...file } = found
  const isLeftOut = !isTaken || found.header.length === 0
  return {
    ...file,
    standing: standing ?? standingOfFile(found),
    ...(isLeftOut ? { isLeftOut } : {}),
  }
}

/** The files of a command with what it says of all of them, and only those that it names. Throws `InvalidError` at `only`. */
export function chooseForAll(
  files: readonly FoundFile[],
  { standing, only = [] }: { standing?: FoundFile['standing']; only?: readonly string[] },
): FoundFile[] {
  const isCalled = ({ name }: FoundFile, one: string) => name === one || name.endsWith(`/${one}`)
  const isNamed = (file: FoundFile) => only.some((one) => isCalled(file, one))
  const missing = only.find((one) => !files.some((file) => isCalled(file, one)))
  if (missing !== undefined) throw new InvalidError({ only: `There is no file ${missing} in this import.` })
  return files.map((file) =>
    withChoice(file, {
      ...(standing ? { standing } : {}),
      ...(only.length > 0 ? { isTaken: isNamed(file) } : {}),
    }),
  )
}
