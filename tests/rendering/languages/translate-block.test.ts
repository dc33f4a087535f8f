import fc from 'fast-check'
import { BLOCK_KINDS, type Block, blockSchemas } from '../../../src/rendering/blocks.js'
import { compileEdition } from '../../../src/rendering/compile-edition.js'
import { mailWordsIn, SPOKEN_LANGUAGES, startingWords } from '../../../src/rendering/languages/mail-words.js'
import {
  missingTranslations,
  translationState,
} from '../../../src/rendering/languages/missing-translations.js'
import { hasWords, textPlaces } from '../../../src/rendering/languages/text-places.js'
import { saidAt, translateBlock } from '../../../src/rendering/languages/translate-block.js'
import { inOwnLanguage, translateIssue } from '../../../src/rendering/languages/translate-issue.js'
import { filledBlock } from '../../helpers/filled-block.js'
import { sampleContent } from '../../helpers/sample-content.js'

const ID = '00000000-0000-7000-8000-000000000001'
const agenda = (...titles: string[]): Block => ({
  id: ID,
  kind: 'agenda',
  content: blockSchemas.agenda.parse({ title: 'Dates', entries: titles.map((title) => ({ title })) }),
})
const titlesOf = (block: Block) =>
  (block.content as { entries: { title: string }[] }).entries.map(({ title }) => title)
const fi = (path: string, source: string, text: string) => ({ path, source, text })

describe('a block in another language', () => {
  it.each(BLOCK_KINDS)('says every text of a %s and keeps the rest', (kind) => {
    const block = filledBlock(kind, ID, { text: 'Hello world' })
    const places = textPlaces(block)
    const translations = places.map(({ path, source }, index) => fi(path, source, `ä${index}`))
    const said = translateBlock(block, { language: 'fi', translations })
    expect(textPlaces(said).map(({ source }) => source)).toEqual(translations.map(({ text }) => text))
    expect(translateBlock(block, { language: 'en', translations: [] })).toEqual(block)
    expect(blockSchemas[kind].safeParse(said.content).success).toBe(true)
  })

  it('follows its rows wherever they are moved', () => {
    const names = fc.uniqueArray(
      fc.string({ minLength: 1, maxLength: 8 }).map((text) => `x${text.trim()}`),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    const moved = names.chain((titles) =>
      fc.tuple(fc.constant(titles), fc.shuffledSubarray(titles, { minLength: 1 })),
    )
    fc.assert(
      fc.property(moved, ([before, after]) => {
        const translations = before.map((title, at) => fi(`entries.${at}.title`, title, `fi ${title}`))
        const said = translateBlock(agenda(...after), { language: 'fi', translations })
        expect(titlesOf(said)).toEqual(after.map((title) => `fi ${title}`))
      }),
    )
  })

  it('keeps what was made from other words, and says so', () => {
    const translations = [
      fi('entries.0.title', 'Old name', 'Vanha nimi'),
      fi('entries.1.title', 'Party', 'Juhla'),
    ]
    const block = agenda('New name', 'Party')
    const places = textPlaces(block)
    const said = places.map((place) => saidAt(place, { places, translations }))
    expect(said).toEqual([
      null,
      { text: 'Vanha nimi', isOutdated: true },
      { text: 'Juhla', isOutdated: false },
    ])
    // A row of its own took its place: what it said belongs to where it went.
    expect(titlesOf(translateBlock(agenda('Party', 'Lunch'), { language: 'fi', translations }))).toEqual([
      'Juhla',
      'Lunch',
    ])
  })

  it('does not mind other tags around the same words', () => {
    const block: Block = { id: ID, kind: 'text', content: { html: '<p>Dear <<contact.FIRSTNAME>>,</p>' } }
    const places = textPlaces(block)
    const translations = [fi('html', 'Dear &lt;&lt;contact.FIRSTNAME&gt;&gt;,', '<p>Hei</p>')]
    expect(places.map((place) => saidAt(place, { places, translations }))).toEqual([
      { text: '<p>Hei</p>', isOutdated: false },
    ])
  })
})

it.each([
  ['Hello', true],
  ['>>>', false],
  ['2026', false],
  ['<p>{{ contact.EMAIL }}</p>', false],
  ['<<contact.FIRSTNAME | default: "reader">> 5', false],
  ['<p>&nbsp;</p>', false],
  ['Ääni', true],
])('knows whether %j has words to translate: %s', (source, has) => {
  expect(hasWords(source)).toBe(has)
})

describe('our own words', () => {
  it('exist in every language that we speak, and keep their merge fields', () => {
    for (const language of SPOKEN_LANGUAGES) {
      for (const words of Object.values(startingWords)) expect(mailWordsIn(language, words)).toBeTruthy()
      expect(mailWordsIn(language, startingWords.sentTo)).toContain('{{ contact.EMAIL }}')
    }
    expect(mailWordsIn('de', startingWords.unsubscribe)).toBeNull()
    expect(mailWordsIn('pt-BR', 'Anything else')).toBeNull()
  })

  it('stand in the footer of every edition in its language', async () => {
    const content = sampleContent()
    const { html } = await compileEdition(inOwnLanguage({ ...content, language: 'fi' }))
    expect(JSON.stringify(html)).toContain('Peruuta tilaus')
    expect(inOwnLanguage(content)).toEqual(content)
  })
})

describe('an issue in another language', () => {
  const content = sampleContent([{ id: ID, kind: 'text', content: { html: '<p>Hello</p>' } }])
  const [masthead, , footer] = content.blocks
  const translation = {
    language: 'ar',
    subject: 'مرحبا',
    preheader: '',
    blocks: { [ID]: [fi('html', '<p>Hello</p>', '<p>أهلا</p>')] },
    news: {},
  }

  it('has its language, direction and words', async () => {
    const said = translateIssue(content, translation, '٢ مارس')
    expect(said).toMatchObject({ language: 'ar', direction: 'rtl', subject: 'مرحبا', date: '٢ مارس' })
    expect(said.preheader).toBe(content.preheader)
    const edition = await compileEdition(said)
    const html = JSON.stringify(edition.html)
    expect(html).toMatch(/<html lang=\\"ar\\" dir=\\"rtl\\"/)
    expect(html).toContain('أهلا')
    expect(edition.problems).toEqual([])
  })

  it('says what is missing in it, and where', () => {
    const state = translationState(content, translation)
    expect(state).toMatchObject({ isBegun: true, outdated: [] })
    expect(state.missing).toContain('preheader')
    expect(state.missing).not.toContain('Text: Text')
    expect(state.missing.some((where) => where.startsWith('Footer'))).toBe(true)
    const [finding, ...others] = missingTranslations([{ ...state, news: [] }], { main: 'en' })
    expect(others).toEqual([])
    expect(finding).toMatchObject({ severity: 'warning', field: 'language:ar', blockId: null })
    expect(finding?.message).toMatch(
      /^Arabic: \d+ texts are not translated, readers get English there: preheader/,
    )
    expect(masthead && footer).toBeTruthy()
  })

  it('finds nothing in a complete one, and says when nothing is begun', () => {
    const all = Object.fromEntries(
      content.blocks.map((block) => [
        block.id,
        textPlaces(block).map(({ path, source }) => fi(path, source, 'x')),
      ]),
    )
    const news = Object.fromEntries(
      Object.keys(content.newsItems).map((id) => [
        id,
        { language: 'ar', title: 'x', summaryHtml: '', url: '', imageAlt: '' },
      ]),
    )
    const whole = { ...translation, preheader: 'x', blocks: all, news }
    expect(missingTranslations([translationState(content, whole)], { main: 'en' })).toEqual([])
    const none = { language: 'fi', subject: '', preheader: '', blocks: {}, news: {} }
    expect(missingTranslations([translationState(content, none)], { main: 'en' })).toMatchObject([
      { message: 'Finnish: nothing is translated yet, so there will be no edition in it.' },
    ])
  })

  it('shows news items in it that are translated, and marks the language of the others', () => {
    const [first = '', second = ''] = Object.keys(content.newsItems)
    const news = { [first]: { language: 'ar', title: 'خبر', summaryHtml: '', url: '', imageAlt: 'جرس' } }
    const { newsItems } = translateIssue(content, { ...translation, news }, '')
    expect(newsItems[first]).toMatchObject({
      title: 'خبر',
      imageAlt: 'جرس',
      language: 'ar',
      url: content.newsItems[first]?.url,
    })
    expect(newsItems[second]).toEqual(content.newsItems[second])
  })
})
