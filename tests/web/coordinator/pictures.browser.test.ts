import type { Browser, Page } from 'playwright-core'
import { createNewsItem } from '../../../src/news/create-news-item.js'
import { addPicture } from '../../../src/pictures/add-picture.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { animation, drawing, photo } from '../../helpers/draw-picture.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser

describeInBrowser('pictures in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(LOOKS)('an empty library is accessible and fits: $name', async ({ name, ...look }) => {
    const context = await site.signIn(browser, 'coordinator', look)
    expect(await faultsOf(await context.newPage(), name, { 'pictures-empty': '/pictures' })).toEqual({})
    await context.close()
  })

  describe('with some', () => {
    let ids: string[]
    beforeAll(async () => {
      ids = await fillLibrary(site)
    })

    it.each(LOOKS)('are accessible and fit: $name', async ({ name, ...look }) => {
      const context = await site.signIn(browser, 'coordinator', look)
      const page = await context.newPage()
      const pages = {
        pictures: '/pictures',
        'pictures-added': `/pictures?added=${ids.slice(0, 2).join(',')}`,
        'pictures-none': '/pictures?q=unicorn',
        picture: `/pictures/${ids[0]}`,
        'picture-unused': `/pictures/${ids[2]}`,
        'news-new': '/news/new',
      }
      expect(await faultsOf(page, name, pages)).toEqual({})
      await page.getByRole('button', { name: 'Choose a picture' }).click()
      await page.getByRole('dialog').getByText('The harbour at dusk').waitFor()
      await keepPicture(page, `picture-choices-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await page.getByRole('dialog').getByText('chart.png').click()
      await page.getByRole('button', { name: 'Use this picture' }).waitFor()
      await keepPicture(page, `picture-choice-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await context.close()
    })

    it('are chosen for a news item, described on the way', async () => {
      const context = await site.signIn(browser, 'coordinator')
      const page = await context.newPage()
      await page.goto('/news/new')
      await page.getByRole('button', { name: 'Choose a picture' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('searchbox').fill('HARBOUR')
      await dialog.getByRole('button', { name: 'Find' }).click()
      await dialog.getByText('chart.png').waitFor({ state: 'detached' })
      await dialog.getByRole('button', { name: /The harbour at dusk/ }).click()
      await dialog.waitFor({ state: 'hidden' })
      expect(await page.getByLabel('Address of the picture').inputValue()).toMatch(
        /\/pictures\/[0-9a-f]{32}\.jpg$/,
      )
      expect(await page.getByLabel('What the picture shows').inputValue()).toBe('The harbour at dusk')

      await page.getByRole('button', { name: 'Choose another picture' }).click()
      const bytes = await drawing({ width: 333, height: 90 }).png().toBuffer()
      await dialog
        .getByLabel('Upload a picture')
        .setInputFiles({ name: 'new.png', mimeType: 'image/png', buffer: bytes })
      await dialog.getByLabel('What does it show?').fill('Fresh stripes')
      await dialog.getByRole('button', { name: 'Use this picture' }).click()
      await dialog.waitFor({ state: 'hidden' })
      expect(await page.getByLabel('Address of the picture').inputValue()).toMatch(/\.png$/)
      expect(await page.getByLabel('What the picture shows').inputValue()).toBe('Fresh stripes')
      const described = site.world.db.selectFrom('picture').select('alt').where('file_name', '=', 'new.png')
      expect(await described.executeTakeFirst()).toEqual({ alt: 'Fresh stripes' })
      await context.close()
    })
  })

  it('are uploaded several at once, dropped, and pasted; what is refused stays named', async () => {
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto('/pictures')
    const files = await Promise.all(
      [201, 202].map(async (width) => ({
        name: `stripes-${width}.png`,
        mimeType: 'image/png',
        buffer: await drawing({ width, height: 40 }).png().toBuffer(),
      })),
    )
    await page.getByLabel('Upload pictures').setInputFiles(files)
    await page.getByRole('heading', { name: 'What do they show?' }).waitFor()
    await page.getByLabel('What stripes-202.png shows').fill('Many stripes')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Many stripes').waitFor()

    await give(page, 'drop', await drawing({ width: 203, height: 40 }).png().toBuffer(), 'dropped.png')
    await page.getByLabel('What dropped.png shows').waitFor()
    await give(page, 'paste', await drawing({ width: 204, height: 40 }).png().toBuffer(), 'pasted.png')
    await page.getByLabel('What pasted.png shows').waitFor()
    await give(page, 'drop', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'logo.svg')
    await page.getByText('SVG drawings are not shown by most mail programs').waitFor()
    expect(await pageFaults(page)).toEqual([])
    await keepPicture(page, 'pictures-refused')
    await context.close()
  })

  it('are uploaded and described without script', async () => {
    const context = await site.signIn(browser, 'coordinator', { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/pictures')
    const buffer = await drawing({ width: 205, height: 40 }).png().toBuffer()
    await page
      .getByLabel('Upload pictures')
      .setInputFiles({ name: 'plain.png', mimeType: 'image/png', buffer })
    await page.getByRole('button', { name: 'Upload', exact: true }).click()
    await page.getByLabel('What plain.png shows').fill('Plain stripes')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Plain stripes').click()
    await page.getByText('Delete this picture').click()
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await page.getByText('The picture is deleted.').waitFor()
    await page.goto('/news/new')
    await page.getByRole('link', { name: 'Open the picture library' }).waitFor()
    await context.close()
  })
})

async function fillLibrary({ world, url }: Site): Promise<string[]> {
  const shown: [Promise<Buffer>, string, string][] = [
    [photo({ width: 1200, height: 800 }).jpeg().toBuffer(), 'harbour.jpg', 'The harbour at dusk'],
    [drawing({ width: 600, height: 600 }).png().toBuffer(), 'chart.png', ''],
    [
      drawing({ width: 300, height: 700 }, { seeThrough: true }).png().toBuffer(),
      'banner.png',
      'A tall banner',
    ],
    [
      animation({ width: 400, height: 200 }, 4),
      'turning.gif',
      'A wheel that turns through all the colours of the town’s flags, one after the other',
    ],
    [photo({ width: 1000, height: 300 }).jpeg().toBuffer(), 'wide.jpg', 'A wide view'],
  ]
  const ids: string[] = []
  for (const [bytes, name, alt] of shown) {
    world.clock.advance(60_000)
    const row = await addPicture(world, { bytes: await bytes, name, alt, by: null })
    ids.push(row.id)
    if (name === 'harbour.jpg')
      for (const title of ['Makers’ Quarter opens its doors', 'The ferry runs again'])
        await createNewsItem(
          world,
          {
            ...{ title, summaryHtml: '', url: '', imageUrl: `${url}/pictures/${row.name}`, imageAlt: alt },
            ...{ region: '', language: 'en', publishedOn: '2026-03-02' },
          },
          null,
        )
  }
  await world.db
    .updateTable('picture')
    .set({ bytes: 1_400_000 })
    .where('file_name', '=', 'turning.gif')
    .execute()
  return ids
}

/** Drops or pastes a file on the upload form, as the browser tells a page of it. */
async function give(page: Page, how: 'drop' | 'paste', bytes: Buffer, name: string): Promise<void> {
  const type = name.endsWith('.svg') ? 'image/svg+xml' : 'image/png'
  const transfer = `(() => {
    const transfer = new DataTransfer()
    const bytes = Uint8Array.from(atob(${JSON.stringify(bytes.toString('base64'))}), (one) => one.charCodeAt(0))
    transfer.items.add(new File([bytes], ${JSON.stringify(name)}, { type: ${JSON.stringify(type)} }))
    return transfer
  })()`
  const event =
    how === 'drop'
      ? `new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: ${transfer} })`
      : `new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: ${transfer} })`
  await page.evaluate(`document.querySelector('[data-picture-upload]').dispatchEvent(${event})`)
}
