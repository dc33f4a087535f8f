import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { keepPicture } from './browser.js'

// A text, since it runs in the page, where the types of Node are not.
const LOOK = `(async () => {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await axe.run(document, { runOnly, iframes: false, resultTypes: ['violations'] })
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ': ' + failureSummary))
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) faults.push('too wide: ' + root.scrollWidth + ' px')
  return faults
})()`

/** What is wrong with a page: axe's findings at WCAG 2.2 AA, and a page wider than its window. */
export async function pageFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(LOOK)
}

/** Opens each page, keeps its picture as NAME-LOOK, and returns everything that is wrong with any of them. */
export async function faultsOf(
  page: Page,
  look: string,
  pages: Readonly<Record<string, string>>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [name, path] of Object.entries(pages)) {
    const answer = await page.goto(path, { waitUntil: 'load' })
    await keepPicture(page, `${name}-${look}`)
    const faults = await pageFaults(page)
    if (answer?.status() !== 200) faults.push(`answered ${answer?.status()}`)
    if (faults.length > 0) found[name] = faults
  }
  return found
}
