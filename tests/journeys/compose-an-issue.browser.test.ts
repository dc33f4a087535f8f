import type { Browser, Locator, Page } from 'playwright-core'
import { createList } from '../../src/audience/create-list.js'
import { sampleNews } from '../../src/cli/sample/news.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { describeInBrowser, keepPicture, openBrowser } from '../helpers/browser.js'
import { openSite, type Site } from '../helpers/site.js'

const MOST_ACTIONS = 60
const MOST_LOOKS = 12
const PATIENCE_MS = 80_000
const WHAT_COMES_OF_IT = [
  'masthead',
  'text',
  'heading: The first stage is complete',
  'lead-story',
  'lead-story',
  'lead-story',
  'heading: What happens next',
  'text',
  'button: Read the five plans',
  'news-list: 10',
  'closing',
  'footer',
]

let site: Site
let browser: Browser
let newsIds: string[]

describeInBrowser('composing the sample issue from the library', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    await saveOrganisation(site.world, sampleOrganisation)
    newsIds = []
    for (const item of sampleNews) newsIds.push(await createNewsItem(site.world, item, null))
    await createList(site.world, { name: 'Makers’ Quarter readers' })
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it('takes fewer than sixty presses of keys and stretches of typing', async () => {
    const { page, issueId } = await openComposer()
    const act = counter(page)
    const keys = async (...names: string[]) => {
      for (const name of names) await act.press(name)
    }

    // Three stories and ten items of a list, straight from the library.
    await keys('Tab', '/', 'ArrowDown')
    await keys('l', 'l', 'l')
    await keys(...Array.from({ length: 10 }, () => 'Enter'))
    await page.locator('#outline .outline-news > li').nth(9).waitFor()
    expect(await shape(issueId)).toEqual([
      'masthead',
      'text',
      'lead-story',
      'lead-story',
      'lead-story',
      'news-list: 10',
      'footer',
    ])

    // The first words.
    await keys('o', 'ArrowDown', 'Enter')
    const words = page.locator('#outline .rich-text-body')
    await words.waitFor()
    await act.type('Dear readers, the plans are ready.', words)

    // A heading above the stories, another with a text and a button below them.
    await add(page, act, 'h', 'Heading', 'The first stage is complete')
    await goTo(page, act, 'lead-story', 3)
    await add(page, act, 'h', 'Heading', 'What happens next')
    await add(page, act, 't', 'Text', 'From April on, the plans are put to the test.')
    await add(page, act, 'b', 'Text on the button', 'Read the five plans')
    await keys('Tab')
    await act.type('https://makers-quarter.example/plans', page.getByLabel('Link', { exact: true }))
    await goTo(page, act, 'news-list', 1)
    await add(page, act, 'c', 'Tagline', 'Room to work, somebody to ask, a reason to stay.')

    await untilSaved(page)
    expect(await shape(issueId)).toEqual(WHAT_COMES_OF_IT)
    expect(act.count).toBeLessThan(MOST_ACTIONS)
    await keepPicture(page, 'composer-by-keys')
    await page.context().close()
  }, 240_000)

  it('takes fewer than sixty clicks, drags and stretches of typing', async () => {
    const { page, issueId } = await openComposer()
    const act = counter(page)
    const text = page.locator('#outline [data-block]').nth(1)
    for (const at of [2, 1, 0]) {
      await act.drag(cardOf(page, at), text, 'below')
      await page
        .locator('#outline [data-block]')
        .nth(2)
        .getByText(sampleNews[at]?.title ?? '')
        .waitFor()
    }
    for (const at of Array.from({ length: 10 }, (_, one) => one + 3)) {
      await act.click(page.locator(`#list-${newsIds[at]}`))
    }
    await page.locator('#outline .outline-news > li').nth(9).waitFor()
    await act.click(text.locator('[data-open-block]'))
    await act.type('Dear readers, the plans are ready.', page.locator('#outline .rich-text-body'))
    await act.click(page.getByRole('tab', { name: 'Blocks' }))
    await act.click(paletteOf(page, 'heading'))
    await act.type('The first stage is complete', page.getByLabel('Heading', { exact: true }))
    await act.click(page.locator('#outline [data-block]').nth(5).locator('[data-open-block]'))
    await page.locator('#outline [data-block]').nth(5).locator('form[data-autosave]').waitFor()
    await act.click(paletteOf(page, 'heading'))
    await page.locator('#outline [data-block]').nth(6).locator('form[data-autosave]').waitFor()
    await act.type('What happens next', page.getByLabel('Heading', { exact: true }))
    await act.click(paletteOf(page, 'text'))
    await act.type('From April on, the plans are put to the test.', page.locator('#outline .rich-text-body'))
    await act.click(paletteOf(page, 'button'))
    await act.type('Read the five plans', page.getByLabel('Text on the button'))
    await act.type('https://makers-quarter.example/plans', page.getByLabel('Link', { exact: true }))
    const list = page.locator('#outline [data-block]').nth(9)
    await act.drag(paletteOf(page, 'closing'), list, 'below')
    await act.type('Room to work, somebody to ask, a reason to stay.', page.getByLabel('Tagline'))
    await untilSaved(page)
    expect(await shape(issueId)).toEqual(WHAT_COMES_OF_IT)
    expect(act.count).toBeLessThan(MOST_ACTIONS)
    await keepPicture(page, 'composer-by-mouse')

    // The order can be dragged too: blocks among one another, and items of the list.
    const first = list.locator('.outline-news > li').first()
    await act.drag(first, list.locator('.outline-news > li').nth(3), 'below')
    await expectInTime(async () => (await issueWithBlocks(site.world, issueId)).blocks[9]?.content, {
      newsItemIds: [...newsIds.slice(4, 7), newsIds[3], ...newsIds.slice(7, 13)],
    })
    const blocks = page.locator('#outline [data-block]')
    await act.drag(blocks.nth(8).locator('[data-grip]'), blocks.nth(7), 'above')
    await expectInTime(async () => ({ seventh: (await shape(issueId))[7] }), {
      seventh: 'button: Read the five plans',
    })
    await page.context().close()
  }, 240_000)
})

async function openComposer(): Promise<{ page: Page; issueId: string }> {
  const issueId = await createIssue(site.world, { title: 'Spring issue', accountId: null })
  const context = await site.signIn(browser, 'coordinator', { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`/issues/${issueId}`)
  await page.getByLabel('Used ones too').check()
  await page.locator('[data-library-items] > li').nth(12).waitFor()
  await page.locator('body').focus()
  return { page, issueId }
}

const cardOf = (page: Page, at: number) => page.locator(`.library-card[data-news-item="${newsIds[at]}"]`)
const paletteOf = (page: Page, kind: string) => page.locator(`[data-kind="${kind}"] button`)

/** Acts on a page as somebody does, and counts: a key, a click, a drag, a stretch of typing. */
function counter(page: Page) {
  const act = {
    count: 0,
    press: async (key: string) => {
      act.count++
      await page.keyboard.press(key)
    },
    click: async (target: Locator) => {
      act.count++
      await target.click()
    },
    type: async (words: string, target: Locator) => {
      act.count++
      await target.waitFor()
      await target.focus()
      await page.keyboard.type(words)
    },
    drag: async (from: Locator, to: Locator, side: 'above' | 'below') => {
      act.count++
      await page.locator('#composer:not(.htmx-request) #outline[data-sortable]').waitFor()
      await page.locator('[data-library-items][data-sortable]').waitFor({ state: 'attached' })
      await to.scrollIntoViewIfNeeded()
      await from.scrollIntoViewIfNeeded()
      const start = await centreOf(from)
      await page.mouse.move(start.x, start.y)
      await page.mouse.down()
      await page.mouse.move(start.x + 8, start.y + 8, { steps: 4 })
      // What makes room for it moves the others, so the eye follows.
      for (let look = 0; look < MOST_LOOKS && !(await isThere(to, side)); look++) {
        const box = await to.boundingBox()
        if (!box) throw new Error('There is nothing to drop it on.')
        const y = side === 'below' ? box.y + box.height - 4 : box.y + 4
        await page.mouse.move(box.x + box.width / 2, y, { steps: 10 })
      }
      await page.mouse.up()
    },
  }
  return act
}

/** Whether what is dragged would fall just beside a target. */
function isThere(target: Locator, side: 'above' | 'below'): Promise<boolean> {
  return target.evaluate((element, beside) => {
    const next = beside === 'below' ? element.nextElementSibling : element.previousElementSibling
    return next?.matches('.drop-place') ?? false
  }, side)
}

async function centreOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox()
  if (!box) throw new Error('It cannot be seen.')
  return { x: box.x + Math.min(60, box.width / 2), y: box.y + Math.min(20, box.height / 2) }
}

type Actions = ReturnType<typeof counter>

/** B, the kind's letter, Enter, and the words of its first field. */
async function add(page: Page, act: Actions, letter: string, label: string, words: string): Promise<void> {
  const before = await page.locator('#outline [data-block]').count()
  await leaveField(page, act)
  await act.press('b')
  await act.press(letter)
  await act.press('Enter')
  await page.locator('#outline [data-block]').nth(before).waitFor()
  const field =
    label === 'Text' ? page.locator('#outline .rich-text-body') : page.getByLabel(label, { exact: true })
  await act.type(words, field)
}

/** From what is being written to its block, and along the outline to another one. */
async function goTo(page: Page, act: Actions, kind: string, which: number): Promise<void> {
  await leaveField(page, act)
  // Who has lost their place goes to the outline.
  if ((await page.locator('#outline [data-open-block]:focus').count()) === 0) await act.press('o')
  const heads = page.locator('#outline [data-block]')
  const kinds = await heads.evaluateAll((all) => all.map((one) => one.getAttribute('data-kind-of')))
  const here = await heads.evaluateAll((all) => all.findIndex((one) => one.querySelector(':focus') !== null))
  let left = which
  const steps = kinds.findIndex((one) => one === kind && --left === 0) - here
  for (let step = 0; step < Math.abs(steps); step++) await act.press(steps > 0 ? 'ArrowDown' : 'ArrowUp')
}

async function leaveField(page: Page, act: Actions): Promise<void> {
  if (await page.locator(':is(input, textarea, select, [contenteditable="true"]):focus').count())
    await act.press('Escape')
}

async function untilSaved(page: Page): Promise<void> {
  await page.locator('[data-save-state]').getByText('Saved', { exact: true }).waitFor()
}

async function shape(issueId: string): Promise<string[]> {
  const { blocks } = await issueWithBlocks(site.world, issueId)
  return blocks.map(({ kind, content }) => {
    if (kind === 'heading') return `heading: ${content.text}`
    if (kind === 'button') return `button: ${content.label}`
    return kind === 'news-list' ? `news-list: ${content.newsItemIds.length}` : kind
  })
}

async function expectInTime(read: () => Promise<unknown>, wanted: object): Promise<void> {
  const until = Date.now() + 15_000
  while (Date.now() < until) {
    const found = await read()
    if (holds(found, wanted)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(await read()).toMatchObject(wanted)
}

function holds(found: unknown, wanted: object): boolean {
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify((found as Record<string, unknown>)[name]) === JSON.stringify(value),
  )
}
