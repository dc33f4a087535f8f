import * as fc from 'fast-check'
import { sampleNews } from '../../src/cli/sample/news.js'
import { addLanguage } from '../../src/issues/add-language.js'
import { issueApproval } from '../../src/issues/approval/issue-approval.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { issueEditions } from '../../src/issues/issue-editions.js'
import { fallbackOrder, issueTranslations } from '../../src/issues/issue-translations.js'
import { moveLanguage } from '../../src/issues/move-language.js'
import { placeNewsItem } from '../../src/issues/place-news-item.js'
import { previewIssue } from '../../src/issues/preview-issue.js'
import { removeBlock } from '../../src/issues/remove-block.js'
import { removeLanguage } from '../../src/issues/remove-language.js'
import { reviseBlock } from '../../src/issues/revise-block.js'
import { reviseBlockText } from '../../src/issues/revise-block-text.js'
import { reviseLanguage } from '../../src/issues/revise-language.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { redoDraft, undoDraft } from '../../src/issues/undo-draft.js'
import { createNewsItem } from '../../src/news/create-news-item.js'
import { translateNewsItem } from '../../src/news/translate-news-item.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const now = (issueId: string) => issueWithBlocks(world, issueId)
const draftOf = async (issueId: string) => ({ issueId, version: (await now(issueId)).version })
const orderOf = async (issueId: string) => {
  const issue = await now(issueId)
  const further = (await issueTranslations(world, issue)).map(({ language }) => language)
  return fallbackOrder(issue, further)
}
const textBlock = async (issueId: string) =>
  (await now(issueId)).blocks.find(({ kind }) => kind === 'text')?.id ?? ''
const say = async (issueId: string, html: string, language = 'fi') =>
  reviseBlockText(world, await draftOf(issueId), {
    blockId: await textBlock(issueId),
    language,
    texts: { html },
  })

async function inFinnish() {
  const name = `l${Math.random().toString(36).slice(2, 8)}`
  const { listId, readers } = await listWithReaders(world, name, 2)
  const { issueId } = await completeDraft(world, [listId])
  await addLanguage(world, await draftOf(issueId), 'fi')
  return { issueId, readers }
}

it('has languages in an order that includes its own', async () => {
  const issueId = await createIssue(world, { title: 'May', accountId: null })
  for (const language of ['fi', 'sv', 'PT_br']) await addLanguage(world, await draftOf(issueId), language)
  expect(await orderOf(issueId)).toEqual(['en', 'fi', 'sv', 'pt-BR'])
  await moveLanguage(world, await draftOf(issueId), { language: 'en', position: 2 })
  await moveLanguage(world, await draftOf(issueId), { language: 'pt-BR', position: 0 })
  expect(await orderOf(issueId)).toEqual(['pt-BR', 'fi', 'sv', 'en'])
  await removeLanguage(world, await draftOf(issueId), 'fi')
  expect(await orderOf(issueId)).toEqual(['pt-BR', 'sv', 'en'])
  for (const language of ['sv', 'en', 'nonsense tag'])
    await expect(addLanguage(world, await draftOf(issueId), language)).rejects.toMatchObject({
      issues: { language: expect.any(String) },
    })
})

it('is refused to whoever has seen another version, and for a language that the issue does not have', async () => {
  const { issueId } = await inFinnish()
  const stale = { issueId, version: (await now(issueId)).version - 1 }
  const blockId = await textBlock(issueId)
  await expect(
    reviseBlockText(world, stale, { blockId, language: 'fi', texts: { html: 'x' } }),
  ).rejects.toThrow('Somebody else')
  await expect(say(issueId, 'x', 'sv')).rejects.toThrow('no such language')
  expect(
    await world.db.selectFrom('block_text').selectAll().where('block_id', '=', blockId).execute(),
  ).toEqual([])
})

it('says at the place what does not fit', async () => {
  const { issueId } = await inFinnish()
  const footer = (await now(issueId)).blocks.at(-1)?.id ?? ''
  const texts = { reason: 'Syy', unsubscribeLabel: 'x'.repeat(101) }
  await expect(
    reviseBlockText(world, await draftOf(issueId), { blockId: footer, language: 'fi', texts }),
  ).rejects.toMatchObject({ issues: { unsubscribeLabel: expect.stringContaining('100') } })
})

it('is undone and done again with the rest of the draft', async () => {
  const look = async (issueId: string) => {
    const issue = await now(issueId)
    const { language_place, blocks } = issue
    return { blocks, language_place, translations: await issueTranslations(world, issue) }
  }
  const change = async (issueId: string, kind: number) => {
    world.clock.advance(10_000)
    const draft = await draftOf(issueId)
    const block = await textBlock(issueId)
    if (kind === 0) await say(issueId, `<p>${draft.version}</p>`)
    if (kind === 1)
      await reviseLanguage(world, draft, { language: 'fi', subject: `S${draft.version}`, preheader: '' })
    if (kind === 2) await moveLanguage(world, draft, { language: 'fi', position: draft.version % 2 })
    if (kind === 3 && block)
      await reviseBlock(world, draft, { blockId: block, content: { html: `<p>o${draft.version}</p>` } })
  }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 6 }), async (kinds) => {
      const { issueId } = await inFinnish()
      const seen = [await look(issueId)]
      for (const kind of kinds) {
        await change(issueId, kind)
        const after = await look(issueId)
        if (JSON.stringify(after) !== JSON.stringify(seen.at(-1))) seen.push(after)
      }
      for (const before of seen.slice(0, -1).reverse()) {
        await undoDraft(world, await draftOf(issueId))
        expect(await look(issueId)).toEqual(before)
      }
      for (const after of seen.slice(1)) {
        await redoDraft(world, await draftOf(issueId))
        expect(await look(issueId)).toEqual(after)
      }
    }),
    { numRuns: 8 },
  )
})

it('brings back what a block or a language said when its removal is undone', async () => {
  const { issueId } = await inFinnish()
  await say(issueId, '<p>Hei</p>')
  const before = await issueTranslations(world, await now(issueId))
  world.clock.advance(10_000)
  await removeBlock(world, await draftOf(issueId), await textBlock(issueId))
  await undoDraft(world, await draftOf(issueId))
  expect(await issueTranslations(world, await now(issueId))).toEqual(before)
  world.clock.advance(10_000)
  await removeLanguage(world, await draftOf(issueId), 'fi')
  expect(await issueTranslations(world, await now(issueId))).toEqual([])
  await undoDraft(world, await draftOf(issueId))
  expect(await issueTranslations(world, await now(issueId))).toEqual(before)
})

it('notices when the original changes, until somebody writes it anew or says that it is right', async () => {
  const { issueId } = await inFinnish()
  await say(issueId, '<p>Hei</p>')
  const outdated = async () =>
    (await issueEditions(world, await now(issueId), world.clock.now())).states[0]?.outdated
  const rewrite = async (html: string) =>
    reviseBlock(world, await draftOf(issueId), { blockId: await textBlock(issueId), content: { html } })
  expect(await outdated()).toEqual([])
  await rewrite('<p>Something else</p>')
  expect(await outdated()).toEqual(['Text: Text'])
  await say(issueId, '<p>Hei</p>')
  expect(await outdated()).toEqual(['Text: Text'])
  await reviseBlockText(world, await draftOf(issueId), {
    blockId: await textBlock(issueId),
    language: 'fi',
    texts: { html: '<p>Hei</p>' },
    stillRight: ['html'],
  })
  expect(await outdated()).toEqual([])
  await rewrite('<p>Another thing</p>')
  await say(issueId, '<p>Toinen asia</p>')
  expect(await outdated()).toEqual([])
})

it('is previewed in a language, or as its reader gets it, with what is missing', async () => {
  const { issueId, readers } = await inFinnish()
  await say(issueId, '<p>Hyvä <<contact.FIRSTNAME>>, hei.</p>')
  await world.db
    .updateTable('subscriber')
    .set({ language: 'fi-FI' })
    .where('id', '=', readers[0] ?? '')
    .execute()
  const finnish = await previewIssue(world, issueId, { as: readers[0] ?? null })
  expect([finnish.language, finnish.text.includes('Hyvä Ada')]).toEqual(['fi', true])
  expect(finnish.html).toMatch(/<html[^>]* lang="fi" dir="ltr"/)
  expect(finnish.html).toContain('Peruuta tilaus')
  const other = await previewIssue(world, issueId, { as: readers[1] ?? null })
  expect([other.language, other.text.includes('Dear Ada')]).toEqual(['en', true])
  expect(other.problems).toContainEqual(
    expect.objectContaining({
      severity: 'warning',
      field: 'language:fi',
      message: expect.stringContaining('Finnish'),
    }),
  )
  expect((await previewIssue(world, issueId, { language: 'fi' })).language).toBe('fi')
})

it('is frozen in every language that has been begun, and not while one of them has an error', async () => {
  const { issueId } = await inFinnish()
  await addLanguage(world, await draftOf(issueId), 'sv')
  await say(issueId, '<p>Hei <<contact.NOBODY>></p>')
  const before = await draftOf(issueId)
  await expect(scheduleIssue(world, before, null)).rejects.toMatchObject({
    issues: { 'language:fi': expect.stringContaining('Finnish: ') },
  })
  const shown = await previewIssue(world, issueId)
  expect(shown.problems).toContainEqual(expect.objectContaining({ severity: 'error', field: 'language:fi' }))
  await say(issueId, '<p>Hei</p>')
  await scheduleIssue(world, await draftOf(issueId), null)
  const frozen = await world.db
    .selectFrom('edition')
    .select('language')
    .where('issue_id', '=', issueId)
    .execute()
  expect(frozen.map(({ language }) => language).sort()).toEqual(['en', 'fi'])
  expect((await previewIssue(world, issueId, { language: 'fi' })).text).toContain('Hei')
})

it('takes news in the language of the issue where somebody has translated it, in the main edition, too', async () => {
  const { issueId } = await inFinnish()
  const [item] = sampleNews
  const id = await createNewsItem(
    world,
    {
      ...(item as (typeof sampleNews)[number]),
      ...{
        language: 'fi',
        title: 'Tori aukeaa',
        imageUrl: 'https://example.org/hall.png',
        imageAlt: 'Kojuja',
      },
    },
    null,
  )
  await placeNewsItem(world, await draftOf(issueId), { newsItemId: id, place: { as: 'lead' } })
  const hashNow = async () => (await issueApproval(world, issueId, world.clock.now())).hash
  const before = await hashNow()
  const foreign = await previewIssue(world, issueId)
  expect(foreign.text).toContain('Tori aukeaa')
  const text = {
    title: 'The market opens',
    summaryHtml: '<p>Now.</p>',
    url: 'https://example.org/market',
    imageAlt: 'Stalls under the hall’s roof',
  }
  await translateNewsItem(world, { id, version: 1 }, { language: 'en-GB', ...text })
  const translated = await previewIssue(world, issueId)
  expect(translated.text).toContain('The market opens')
  expect(translated.text).toContain('https://example.org/market')
  expect(translated.text).not.toContain('Tori aukeaa')
  expect(translated.html).toContain('alt="Stalls under the hall’s roof"')
  expect((await previewIssue(world, issueId, { language: 'fi' })).text).toContain('Tori aukeaa')
  expect(await hashNow()).not.toBe(before)
})
