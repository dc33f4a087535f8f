import axe from 'axe-core'
import type { Page } from 'playwright-core'

// A text, since it runs in the page, where the types of Node are not.
const LOOK = `(async () => {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await axe.run(document, { runOnly, iframes: false })
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
