import type { Browser } from 'playwright-core'
import { createSample } from '../../../src/cli/sample/create-sample.js'
import { saveTestGroup } from '../../../src/delivery/test-groups/save-test-group.js'
import { approveIssue } from '../../../src/issues/approval/approve-issue.js'
import { askForChanges } from '../../../src/issues/approval/ask-for-changes.js'
import { submitIssue } from '../../../src/issues/approval/submit-issue.js'
import { moveThread } from '../../../src/issues/comments/move-thread.js'
import { replyToThread } from '../../../src/issues/comments/reply-to-thread.js'
import { writeComment } from '../../../src/issues/comments/write-comment.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { describeInBrowser, keepPicture, LOOKS, openBrowser } from '../../helpers/browser.js'
import { faultsOf, pageFaults } from '../../helpers/check-page.js'
import { createAccount } from '../../helpers/sign-in.js'
import { openSite, type Site } from '../../helpers/site.js'

let site: Site
let browser: Browser
let author: string

describeInBrowser('approval, comments and tests in a browser', () => {
  beforeAll(async () => {
    site = await openSite()
    browser = await openBrowser()
    author = (await createAccount(site.world, 'coordinator')).id
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  async function sample() {
    const { issueId } = await createSample(site.world, 6)
    const { world } = site
    await world.db.updateTable('list').set({ needs_approval: true }).execute()
    await world.db.updateTable('issue').set({ created_by: author }).where('id', '=', issueId).execute()
    const { blocks } = await issueWithBlocks(world, issueId)
    const blockId = blocks.find(({ kind }) => kind === 'closing' || kind === 'text')?.id ?? ''
    return { issueId, blockId }
  }

  it.each(LOOKS)(
    'is accessible and fits: $name',
    async ({ name, ...look }) => {
      const { world } = site
      const context = await site.signIn(browser, 'admin', look)
      const page = await context.newPage()
      const [fresh, waiting, asked, approved] = [
        await sample(),
        await sample(),
        await sample(),
        await sample(),
      ]
      const subjects = ['Five plans, one autumn', 'What five towns have agreed on, and what comes next']
      await world.db
        .updateTable('issue')
        .set({
          canary: JSON.stringify({ listId: null, percent: 50, limitPercent: 5 }),
          subject_test: JSON.stringify({ subjects, hours: 4 }),
        })
        .where('id', '=', waiting.issueId)
        .execute()
      await submitIssue(world, { issueId: waiting.issueId, note: 'Please look at the date.', by: author })
      await submitIssue(world, { issueId: asked.issueId, by: author })
      await submitIssue(world, { issueId: approved.issueId, by: author })
      const admin = await world.db
        .selectFrom('account')
        .select('id')
        .where('role', '=', 'admin')
        .executeTakeFirstOrThrow()
      await askForChanges(world, {
        issueId: asked.issueId,
        note: 'The first story is last year’s.',
        by: admin.id,
      })
      await approveIssue(world, { issueId: approved.issueId, note: 'Well done.', by: admin.id })
      const { issueId, blockId } = waiting
      const threadId = await writeComment(world, {
        issueId,
        blockId,
        body: 'Is this still true?',
        by: author,
      })
      await replyToThread(world, { issueId, threadId, body: 'I have asked them.', by: admin.id })
      const settled = await writeComment(world, { issueId, blockId, body: 'A comma too many.', by: author })
      await moveThread(world, { issueId, threadId: settled, to: 'resolved', by: admin.id })
      await writeComment(world, { issueId, blockId: null, body: 'Nice issue altogether.', by: admin.id })
      const gone = '00000000-0000-7000-8000-000000000000'
      await writeComment(world, { issueId, blockId: gone, body: 'Keep the map.', by: admin.id })
      const input = { name: `Team ${name}`, addresses: 'ada@example.org, ben@example.org' }
      const faults = await faultsOf(page, name, {
        'test-groups-empty': '/settings/test-groups',
        'approval-fresh': `/issues/${fresh.issueId}`,
        'approval-schedule': `/issues/${fresh.issueId}/schedule`,
        'approval-subjects': `/issues/${waiting.issueId}/schedule`,
        'approval-asked': `/issues/${asked.issueId}`,
        'approval-approved': `/issues/${approved.issueId}`,
        'approval-dashboard': '/',
      })
      expect(faults).toEqual({})
      const group = await saveTestGroup(world, { id: null, input, by: null })
      expect(
        await faultsOf(page, name, {
          'approval-waiting': `/issues/${issueId}?edit=${blockId}`,
          'test-groups': `/settings/test-groups/${group}`,
          lists: '/lists',
        }),
      ).toEqual({})
      await page.goto(`/issues/${issueId}`)
      await page.getByLabel('To these addresses').fill('one@example.org two@example.org')
      await page.getByRole('button', { name: 'Send test' }).click()
      await page.getByText('two@example.org: the mail server took it.').waitFor()
      await keepPicture(page, `test-sent-${name}`)
      expect(await pageFaults(page)).toEqual([])
      await context.close()
    },
    180_000,
  )

  it('shows the approval go while somebody writes, and come back with undo', async () => {
    const { world } = site
    const { issueId } = await sample()
    const context = await site.signIn(browser, 'admin')
    const page = await context.newPage()
    await submitIssue(world, { issueId, by: author })
    await page.goto(`/issues/${issueId}?edit=details`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.locator('#approval').getByText('It is approved as it stands.').waitFor()
    await page.goto(`/issues/${issueId}?edit=details`)
    await page.getByLabel('Preheader').pressSequentially(' more')
    await page.locator('#approval').getByText('changed since').first().waitFor()
    await page.locator('#undo').click()
    await page.locator('#approval').getByText('It is approved as it stands.').waitFor()
    await context.close()
  })

  it('keeps a comment that is being written through every other change, a reload, and drops it once it is said', async () => {
    const { issueId, blockId } = await sample()
    const context = await site.signIn(browser, 'coordinator')
    const page = await context.newPage()
    await page.goto(`/issues/${issueId}?edit=${blockId}`)
    const place = page.getByRole('region', { name: 'Comments on this block' })
    await place.getByText('Comment on this block').click()
    await place.getByLabel('Your comment').fill('Half a thought')
    await page.locator(`#up-${blockId}`).click()
    await page.locator(`#open-${blockId}[aria-expanded]`).waitFor()
    expect(await place.getByLabel('Your comment').inputValue()).toBe('Half a thought')
    await page.reload()
    expect(await place.getByLabel('Your comment').inputValue()).toBe('Half a thought')
    await place.getByRole('button', { name: 'Comment', exact: true }).click()
    await place.getByRole('article').getByText('Half a thought').waitFor()
    expect(await place.getByLabel('Your comment').inputValue()).toBe('')
    await page.reload()
    expect(await place.getByLabel('Your comment').inputValue()).toBe('')
    await context.close()
  })
})
