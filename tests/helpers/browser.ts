import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

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
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
}
