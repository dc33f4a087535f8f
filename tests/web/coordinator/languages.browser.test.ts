import type { Browser } from 'playwright-core'
import { createSample } from '../../../src/cli/sample/create-sample.js'
import { addLanguage } from '../../../src/issues/add-language.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { issueTranslations } from '../../../src/issues/issue-translations.js'
import { reviseBlockText } from '../../../src/issues/revise-block-text.js'
import { usedNewsIds } from '../../../src/issues/used-news-ids.js'
import { translateNewsItem } from '../../../src/news/translate-news-item.js'
import { describeInBrowser, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf } from '../../helpers/check-page.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let issueId: string

describeInBrowser('the languages of an issue in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    const { world } = site
    issueId = (await createSample(world, 3)).issueId
    for (const language of ['fi', 'ar'])
      await addLanguage(
        world,
        { issueId, version: (await issueWithBlocks(world, issueId)).version },
        language,
      )
    const issue = await issueWithBlocks(world, issueId)
    const heading = issue.blocks.find(({ kind }) => kind === 'heading')?.id ?? ''
    const draft = { issueId, version: issue.version }
    await reviseBlockText(world, draft, { blockId: heading, language: 'fi', texts: { text: 'Uutisia' } })
    const text = issue.blocks.find(({ kind }) => kind === 'text')?.id ?? ''
    // What the Finnish edition alone has to be mended.
    await reviseBlockText(
      world,
      { issueId, version: draft.version + 1 },
      {
        blockId: text,
        language: 'fi',
        texts: { html: '<p>Tule <a href="http://example.org/tori">tänne</a>, <<contact.CITY>>.</p>' },
      },
    )
    const words = { title: 'Viisi suunnitelmaa', summaryHtml: '<p>Kaikki.</p>', url: '', imageAlt: '' }
    await translateNewsItem(
      world,
      { id: usedNewsIds(issue)[0] ?? '', version: 1 },
      { language: 'fi', ...words },
    )
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)(
    'are accessible and fit: $name',
    async ({ name, ...look }) => {
      const context = await site.signIn(browser, 'coordinator', look)
      const page = await context.newPage()
      const [newsId] = usedNewsIds(await issueWithBlocks(site.world, issueId))
      const pages = {
        'languages-composer': `/issues/${issueId}`,
        'languages-finnish': `/issues/${issueId}/languages/fi`,
        'languages-arabic': `/issues/${issueId}/languages/ar`,
        'languages-news': `/news/${newsId}`,
        'languages-join': '/join',
      }
      expect(await faultsOf(page, name, pages)).toEqual({})
      await context.close()
    },
    90_000,
  )

  it('are written beside the original, saved and undone while the preview follows', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${issueId}/languages/fi`)
    await page.getByLabel('Subject, Finnish').fill('Viisi suunnitelmaa on valmiina')
    await page.locator('[data-save-state]', { hasText: 'Saved' }).waitFor()
    await page.locator('[data-preview="subject"]', { hasText: 'Viisi suunnitelmaa' }).waitFor()
    const [translation] = await issueTranslations(site.world, await issueWithBlocks(site.world, issueId))
    expect(translation?.subject).toBe('Viisi suunnitelmaa on valmiina')
    await page.frameLocator('iframe[data-preview-frame]').getByText('Uutisia').first().waitFor()
    await page.locator('#undo').click()
    await page.getByLabel('Subject, Finnish').and(page.locator('[value=""]')).waitFor()
    expect(page.url()).toContain('/languages/fi')
    await context.close()
  })
})
