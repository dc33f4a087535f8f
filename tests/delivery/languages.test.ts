import { editionChooser } from '../../src/delivery/edition-chooser.js'
import { fanOutIssue } from '../../src/delivery/fan-out-issue.js'
import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { webView } from '../../src/delivery/web-view.js'
import { addLanguage } from '../../src/issues/add-language.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { moveLanguage } from '../../src/issues/move-language.js'
import { reviseBlockText } from '../../src/issues/revise-block-text.js'
import { reviseLanguage } from '../../src/issues/revise-language.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft, listWithReaders } from '../helpers/sample-issue.js'
import { sendBatch } from '../helpers/send-batch.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('sends each reader the edition of their language, also in the browser', async () => {
  const { listId, readers } = await listWithReaders(world, 'tongues', 6)
  const languages = [null, 'en', 'fi', 'fi-FI', 'ar', 'sv']
  for (const [index, language] of languages.entries())
    await world.db
      .updateTable('subscriber')
      .set({ language })
      .where('id', '=', readers[index] ?? '')
      .execute()
  const { issueId } = await completeDraft(world, [listId])
  const draft = async () => ({ issueId, version: (await issueWithBlocks(world, issueId)).version })
  const { blocks } = await issueWithBlocks(world, issueId)
  const blockId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  const texts = { fi: '<p>Hyvä <<contact.FIRSTNAME>></p>', ar: '<p>مرحبا <<contact.FIRSTNAME>></p>' }
  for (const [language, html] of Object.entries(texts)) {
    await addLanguage(world, await draft(), language)
    await reviseBlockText(world, await draft(), { blockId, language, texts: { html } })
    await reviseLanguage(world, await draft(), {
      language,
      subject: `${language} <<contact.FIRSTNAME>>`,
      preheader: '',
    })
  }
  // Never begun, so that there is no edition.
  await addLanguage(world, await draft(), 'sv')
  // Who reads none of them gets Finnish, the first of the order.
  await moveLanguage(world, await draft(), { language: 'fi', position: 0 })
  await scheduleIssue(world, await draft(), null)
  await releaseDueIssues(world)
  await fanOutIssue(world, issueId)
  await sendBatch(world, { issueId })
  const got = Object.fromEntries(world.sent.map((mail) => [mail.to.address, mail]))
  const expected = ['en', 'en', 'fi', 'fi', 'ar', 'fi']
  for (const [index, language] of expected.entries()) {
    const mail = got[`r${index + 1}.tongues@example.org`]
    const direction = language === 'ar' ? 'rtl' : 'ltr'
    expect(mail?.html).toMatch(new RegExp(`<html[^>]* lang="${language}" dir="${direction}"`))
    expect(mail?.subject).toBe(language === 'en' ? 'Spring issue' : `${language} Ada`)
    expect(mail?.text).toContain({ en: 'Dear Ada', fi: 'Hyvä Ada', ar: 'مرحبا Ada' }[language])
    const html = await webView(world, { issueId, subscriberId: readers[index] ?? '' })
    expect(html).toContain(`lang="${language}"`)
  }
  const footers = { en: 'Unsubscribe', fi: 'Peruuta tilaus' }
  expect(got['r1.tongues@example.org']?.text).toContain(footers.en)
  expect(got['r3.tongues@example.org']?.text).toContain(footers.fi)
})

it('looks for an edition once for each language, however many readers ask', () => {
  let lookups = 0
  const editions = new Map([
    ['en', 'English'],
    ['fi', 'suomi'],
  ])
  const counting = {
    main: 'en',
    get order() {
      lookups++
      return ['en', 'fi']
    },
  }
  const editionFor = editionChooser(editions, counting)
  for (let reader = 0; reader < 1000; reader++) expect(editionFor('fi-FI')).toBe('suomi')
  expect(lookups).toBe(1)
  expect([editionFor(null), editionFor('sv'), editionFor('')]).toEqual(['English', 'English', 'English'])
  expect(() => editionChooser(new Map(), counting)(null)).toThrow('no frozen edition')
})
