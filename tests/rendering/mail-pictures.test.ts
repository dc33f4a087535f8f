import type { Browser } from 'playwright-core'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { describeInBrowser, openBrowser } from '../helpers/browser.js'
import { sampleContent, sampleValues } from '../helpers/sample-content.js'

describeInBrowser('the sample mail', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  it('opens without sideways scrolling', async () => {
    const { html } = renderEdition(await compileEdition(sampleContent()), sampleValues())
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
    await page.setContent(html)
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    await page.close()
    expect(width).toBeLessThanOrEqual(360)
  })
})
