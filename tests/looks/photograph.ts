import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { pageFaults } from '../helpers/check-page.js'
import { drawing, photo } from '../helpers/draw-picture.js'

export const WIDTHS = [360, 600] as const
export const SCHEMES = ['light', 'dark'] as const

export type Photographed = { faults: string[]; pictures: string[] }

/** A window for mails: every picture in them is drawn here, and nothing is fetched. */
export async function openDarkroom(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ javaScriptEnabled: true })
  const [picture, logo, emblem] = await Promise.all([
    photo({ width: 900, height: 600 }).jpeg().toBuffer(),
    drawing({ width: 480, height: 160 }, { seeThrough: true }).png().toBuffer(),
    drawing({ width: 600, height: 400 }).png().toBuffer(),
  ])
  await page.route('**/*', (route) => {
    const url = route.request().url()
    const body = url.includes('masthead') ? logo : url.includes('footer') ? emblem : picture
    return route.fulfill({ body, contentType: body === picture ? 'image/jpeg' : 'image/png' })
  })
  return page
}

/** Shows a mail at every width, light and dark, keeps a picture of each below a folder, and says what is wrong with any. */
export async function photograph(
  page: Page,
  html: string,
  { folder, name }: { folder: string; name: string },
): Promise<Photographed> {
  await mkdir(folder, { recursive: true })
  const faults: string[] = []
  const pictures: string[] = []
  await page.setContent(html, { waitUntil: 'load' })
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 700 })
      const path = join(folder, `${name}-${width}-${scheme}.jpg`)
      await writeFile(path, await page.screenshot({ fullPage: true, type: 'jpeg', quality: 72 }))
      pictures.push(path)
      const found = await pageFaults(page)
      faults.push(...found.map((fault) => `${name} ${width} ${scheme}: ${fault}`))
    }
  }
  return { faults, pictures }
}
