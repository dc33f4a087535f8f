import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { projectRoot } from '../../src/project-root.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { describeInBrowser, openBrowser } from '../helpers/browser.js'
import { sampleValues } from '../helpers/sample-content.js'
import { wholeLooks } from '../looks/looks.js'
import { openDarkroom, photograph } from '../looks/photograph.js'

const FOLDER = join(projectRoot, 'tests/output/designs')
const SHOWN = ['ordinary', 'right-to-left']

let browser: Browser
let page: Page

describeInBrowser('newsletter designs in a browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    page = await openDarkroom(browser)
  })
  afterAll(() => browser?.close())

  it.each(wholeLooks().filter(({ filling }) => SHOWN.includes(filling)))(
    '$design reads well with $filling words, wide and narrow, light and dark',
    async ({ design, filling, content }) => {
      const edition = await compileEdition(content, { hasAnchors: true })
      const { html } = renderEdition(edition, sampleValues())
      const { faults } = await photograph(page, html, { folder: FOLDER, name: `${design}-${filling}` })
      expect(faults).toEqual([])
    },
  )
})
