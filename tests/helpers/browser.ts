import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { projectRoot } from '../../src/project-root.js'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where this machine keeps its Chromium, or null; with CI=true its absence is a failure of its own. */
export function browserPath(): string | null {
  const path = PLACES.find((place) => existsSync(place)) ?? null
  if (!path && process.env['CI'] === 'true')
    throw new Error('chromium is missing: the tests in a browser must run in CI.')
  return path
}

/** `describe` where there is a browser; elsewhere the group is skipped and one line says so. */
export function describeInBrowser(name: string, group: () => void): void {
  if (browserPath()) return describe(name, group)
  process.stderr.write(`Skipped “${name}”: there is no chromium here.\n`)
  describe.skip(name, group)
}

/** A headless Chromium that the caller closes; throws where there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = browserPath()
  if (!executablePath) throw new Error('There is no chromium on this machine.')
  return await chromium.launch({ executablePath, args: QUIET })
}

/** The widths at which every page is looked at: `pageFaults` sees each in light and in the dark. */
export const LOOKS: readonly (BrowserContextOptions & { name: string })[] = [
  { name: 'wide', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 360, height: 900 } },
]

/** Keeps a picture of the whole page below tests/output, for people to look at; there are none in CI. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (process.env['CI'] === 'true') return
  const folder = join(projectRoot, 'tests/output')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
