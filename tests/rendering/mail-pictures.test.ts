import type { Browser, Page } from 'playwright-core'
import { BLOCK_KINDS } from '../../src/rendering/blocks.js'
import { compileEdition, renderEdition } from '../../src/rendering/compile-edition.js'
import { describeInBrowser, keepPicture, openBrowser } from '../helpers/browser.js'
import { filledBlock } from '../helpers/filled-block.js'
import { sampleContent, sampleValues } from '../helpers/sample-content.js'

const LOOKS = [600, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${width}-${colorScheme}`,
    width,
    colorScheme,
  })),
)

// A picture that needs no network: 600 by 360, a plain green.
const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="360"><rect width="600" height="360" fill="#5b8c7b"/></svg>')}`

// Runs in the page: every visible text with its size and its contrast against the nearest background.
const FAULTS = `(() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = (parts) => {
    const [r, g, b] = parts.slice(0, 3).map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor)
      if (colour.length === 3 || colour[3] === 1) return colour
    }
    return [255, 255, 255]
  }
  const faults = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let count = 0
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const words = walker.currentNode.textContent.trim()
    const box = element.getBoundingClientRect()
    if (!words || ['STYLE', 'SCRIPT'].includes(element.tagName) || box.height < 4 || box.width < 4) continue
    count++
    const style = getComputedStyle(element)
    const [light, dark] = [luminance(rgb(style.color)), luminance(ground(element))].sort((a, b) => b - a)
    const ratio = (light + 0.05) / (dark + 0.05)
    if (ratio < 4.5) faults.push(words.slice(0, 40) + ': contrast ' + ratio.toFixed(2))
    if (Number.parseFloat(style.fontSize) < 14) faults.push(words.slice(0, 40) + ': ' + style.fontSize)
  }
  for (const image of document.querySelectorAll('img:not([alt])')) faults.push('no alt: ' + image.src)
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) faults.push('too wide: ' + root.scrollWidth + ' px')
  if (count < 20) faults.push('only ' + count + ' texts were looked at')
  return faults
})()`

describeInBrowser('the sample mail in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  async function open(
    colours: { primary: string; accent: string },
    look: (typeof LOOKS)[number],
    content = sampleContent(),
  ): Promise<Page> {
    const edition = await compileEdition({ ...content, brand: { ...content.brand, colours } })
    const context = await browser.newContext({
      viewport: { width: look.width, height: 800 },
      colorScheme: look.colorScheme,
    })
    const page = await context.newPage()
    await page.setContent(renderEdition(edition, sampleValues()).html)
    return page
  }

  it.each(LOOKS)('reads well and fits: $name', async (look) => {
    const page = await open(sampleContent().brand.colours, look)
    await keepPicture(page, `mail-${look.name}`)
    expect(await page.evaluate(FAULTS)).toEqual([])
    await page.context().close()
  })

  it.each(LOOKS)('reads well and fits with every kind of block: $name', async (look) => {
    const newsIds = Object.keys(sampleContent().newsItems)
    const text = 'Five towns, one market hall and a bread that nobody can pronounce'
    const blocks = BLOCK_KINDS.filter((kind) => kind !== 'footer' && kind !== 'masthead').map((kind, at) =>
      filledBlock(kind, `00000000-0000-7000-8000-0000000002${String(at).padStart(2, '0')}`, {
        text,
        newsIds,
        pictureUrl: PICTURE,
      }),
    )
    const page = await open(sampleContent().brand.colours, look, sampleContent(blocks))
    await keepPicture(page, `mail-blocks-${look.name}`)
    expect(await page.evaluate(FAULTS)).toEqual([])
    await page.context().close()
  })

  it.each(LOOKS)('reads well in pale brand colours too: $name', async (look) => {
    const page = await open({ primary: '#ffe37a', accent: '#b6f0d2' }, look)
    await keepPicture(page, `mail-pale-${look.name}`)
    expect(await page.evaluate(FAULTS)).toEqual([])
    await page.context().close()
  })
})
