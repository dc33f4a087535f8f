import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { faultsAsShown } from '../helpers/check-page.js'
import { drawing, photo } from '../helpers/draw-picture.js'

const WIDTHS = [360, 600] as const
const SCHEMES = ['light', 'dark'] as const

export type Shot = { kind: string; width: number; scheme: string; path: string }
export type Photographed = { faults: string[]; shots: Shot[] }

/** A window for mails: every picture in them is drawn here, and nothing is fetched. */
export async function openDarkroom(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  const [picture, logo, emblem] = await Promise.all([
    photo({ width: 600, height: 400 }).jpeg().toBuffer(),
    drawing({ width: 480, height: 160 }).png().toBuffer(),
    drawing({ width: 600, height: 400 }).png().toBuffer(),
  ])
  await page.route('**/*', (route) => {
    const url = route.request().url()
    const body = url.includes('masthead') ? logo : url.includes('footer') ? emblem : picture
    return route.fulfill({ body, contentType: body === picture ? 'image/jpeg' : 'image/png' })
  })
  return page
}

/**
 * Shows a mail at every width, light and dark, keeps a picture of the whole and of each of its blocks below a folder (a mail compiled
 * with anchors says where they begin), and says what is wrong with any.
 */
export async function photograph(
  page: Page,
  html: string,
  { folder, name }: { folder: string; name: string },
): Promise<Photographed> {
  await mkdir(folder, { recursive: true })
  const faults: string[] = []
  const shots: Shot[] = []
  await page.setContent(html, { waitUntil: 'load' })
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 700 })
      const whole = await page.screenshot({ fullPage: true })
      for (const { kind, ...part } of await partsOf(page)) {
        const path = join(folder, `${kind}-${name}-${width}-${scheme}.jpg`)
        shots.push({ kind, width, scheme, path })
        await sharp(whole)
          .extract({ left: 0, width, ...part })
          .jpeg({ quality: 75 })
          .toFile(path)
      }
      const found = await faultsAsShown(page)
      faults.push(...found.map((fault) => `${name} ${width} ${scheme}: ${fault}`))
    }
  }
  return { faults, shots }
}

type Part = { kind: string; top: number; height: number }

// A text, since it runs in the page, where the types of Node are not.
const PARTS = `(() => {
  const end = Math.floor(document.documentElement.getBoundingClientRect().height)
  const starts = [...document.querySelectorAll('a[id^="block-"]')].map((anchor) => ({
    kind: anchor.id.slice(6),
    top: Math.min(end - 1, Math.max(0, Math.floor(anchor.nextElementSibling?.getBoundingClientRect().top ?? 0))),
  }))
  const parts = starts.map(({ kind, top }, at) => ({
    kind, top, height: Math.max(1, (starts[at + 1]?.top ?? end) - top),
  }))
  return [{ kind: 'whole', top: 0, height: end }, ...parts]
})()`

function partsOf(page: Page): Promise<Part[]> {
  return page.evaluate<Part[]>(PARTS)
}
