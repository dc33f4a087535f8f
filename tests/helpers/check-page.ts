import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { keepPicture } from './browser.js'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// A text, since it runs in the page, where the types of Node are not.
const lookFor = (rules: readonly string[]) => `(async () => {
  const options = { runOnly: ${JSON.stringify(rules)}, iframes: false, resultTypes: ['violations'] }
  const { violations } = await axe.run(document, options)
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ': ' + failureSummary))
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) faults.push('too wide: ' + root.scrollWidth + ' px')
  return faults
})()`

// Halfway from one colour to another nothing can be said about contrast.
const STAND_STILL = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, ::before, ::after { transition: none !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
})()`

/** What is wrong with a page as it is shown now: axe's findings at WCAG 2.2 AA, and a page wider than its window. */
export async function faultsAsShown(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(lookFor(RULES))
}

/** What is wrong with a page in light, and with its colours in the dark; it is in light again afterwards. */
export async function pageFaults(page: Page, keep?: (theme: string) => Promise<void>): Promise<string[]> {
  await page.evaluate(STAND_STILL)
  await keep?.('light')
  const faults = await faultsAsShown(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await keep?.('dark')
  const inTheDark = await page.evaluate<string[]>(lookFor(['color-contrast']))
  await page.emulateMedia({ colorScheme: 'light' })
  return [...faults, ...inTheDark.map((fault) => `in the dark: ${fault}`)]
}

/** Opens each page, keeps its pictures as NAME-LOOK-THEME, and returns everything that is wrong with any of them. */
export async function faultsOf(
  page: Page,
  look: string,
  pages: Readonly<Record<string, string>>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, path] of Object.entries(pages)) {
    const answer = await page.goto(path, { waitUntil: 'load' })
    const faults = await pageFaults(page, (theme) => keepPicture(page, `${name}-${look}-${theme}`))
    if (answer?.status() !== 200) faults.push(`answered ${answer?.status()}`)
    if (faults.length > 0) found[name] = faults
  }
  return found
}
