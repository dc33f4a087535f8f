import fc from 'fast-check'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { readPageFacts } from '../../src/news/read-page-facts.js'

const FOUND = 'https://news.example.org/2026/lathe?utm_source=x'
const facts = (head: string, url = FOUND) =>
  readPageFacts(`<html><head>${head}</head><body></body></html>`, url)

it('reads Open Graph first and resolves what is relative', () => {
  const html = `<!doctype html><html lang="pt-BR"><head>
    <title>A lathe – Makers’ News</title>
    <meta property="og:title" content="A lathe for everybody – Makers’ News">
    <meta property="og:site_name" content="Makers’ News">
    <meta property="og:description" content="Open &amp; free,
      every   day.">
    <meta property="og:image" content="/pictures/lathe.jpg"><meta property="og:image:alt" content="A lathe">
    <meta property="article:published_time" content="2026-02-28T23:30:00-05:00">
    <link rel="canonical" href="/2026/lathe"><link rel="alternate" type="application/rss+xml" href="/feed">
    </head><body><h1>Another heading</h1></body></html>`
  expect(readPageFacts(html, FOUND)).toEqual({
    title: 'A lathe for everybody',
    summary: 'Open & free, every day.',
    url: 'https://news.example.org/2026/lathe',
    imageUrl: 'https://news.example.org/pictures/lathe.jpg',
    imageAlt: 'A lathe',
    language: 'pt-BR',
    publishedOn: '2026-02-28',
    site: 'Makers’ News',
    feeds: ['https://news.example.org/feed'],
  })
})

it('falls back to the Twitter card, to JSON-LD, to the head, to the body', () => {
  expect(
    facts(
      '<meta name="twitter:title" content="Card"><meta name="twitter:image" content="//cdn.example/a.png">',
    ),
  ).toMatchObject({ title: 'Card', imageUrl: 'https://cdn.example/a.png' })
  const data = {
    '@graph': [
      { '@type': 'Organization', name: 'x' },
      {
        '@type': ['NewsArticle'],
        headline: 'Data',
        image: [{ url: 'https://a.example/b.png' }],
        datePublished: '2026-01-05',
        inLanguage: 'fi',
        description: 7,
      },
    ],
  }
  expect(
    facts(`<script type="application/ld+json">${JSON.stringify(data)}</script><title>Head</title>`),
  ).toMatchObject({
    title: 'Data',
    imageUrl: 'https://a.example/b.png',
    publishedOn: '2026-01-05',
    language: 'fi',
    summary: '',
  })
  expect(facts('<title>Head</title><meta name="description" content="Words">')).toMatchObject({
    title: 'Head',
    summary: 'Words',
  })
  const body = readPageFacts('<h1>Only <em>this</em></h1><time datetime="2025-12-01">1 Dec</time>', FOUND)
  expect(body).toMatchObject({ title: 'Only this', publishedOn: '2025-12-01' })
})

it('keeps the address where the page was found when it names another site or its own front page', () => {
  const found = 'https://news.example.org/2026/lathe'
  expect(facts('<link rel=canonical href="https://evil.example/x">').url).toBe(found)
  expect(facts('<link rel=canonical href="https://news.example.org/">').url).toBe(found)
  expect(facts('<meta property="og:url" content="http://www.news.example.org/other">').url).toBe(
    'http://www.news.example.org/other',
  )
  expect(facts('<base href="https://news.example.org/deep/"><link rel=canonical href="lathe">').url).toBe(
    'https://news.example.org/deep/lathe',
  )
})

it.each([
  ['2026-02-28', '2026-02-28'],
  ['2026-02-28T23:59:59+13:00', '2026-02-28'],
  ['Sat, 28 Feb 2026 23:30:00 -0500', '2026-02-28'],
  ['Sat, 28 Feb 2026 00:30:00 GMT', '2026-02-28'],
  ['28 February 2026', '2026-02-28'],
  ['2026-02-30', ''],
  ['0001-01-01', ''],
  ['yesterday', ''],
  ['', ''],
])('reads the day of %s as "%s"', (written, day) => {
  expect(facts(`<meta property="article:published_time" content="${written}">`).publishedOn).toBe(day)
})

it.each([
  ['en_GB', 'en'],
  ['EN', 'en'],
  ['zh-Hant-TW', 'zh-Hant'],
  ['pt_BR', 'pt-BR'],
  ['English', ''],
  ['x', ''],
])('reads the language %s as "%s"', (written, language) => {
  expect(readPageFacts(`<html lang="${written}">`, FOUND).language).toBe(language)
})

it.each(['javascript:alert(1)', 'data:image/png;base64,AAAA', 'http://a:b@example.org/x.png', 'file:///x'])(
  'takes no picture from %s',
  (link) => {
    expect(facts(`<meta property="og:image" content="${link}">`).imageUrl).toBe('')
  },
)

it('cuts what is too long at a word', () => {
  const { summary } = facts(`<meta name="description" content="${'word '.repeat(500)}">`)
  expect(summary).toMatch(/word…$/)
  expect(summary.length).toBeLessThanOrEqual(600)
})

const piece = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<',
    '>',
    '"',
    '</title>',
    '<title>',
    '<h1>',
    '</h1>',
    '<script type="application/ld+json">',
    '</script>',
    '{"@type":"Article","headline":"x"}',
    '[[[[',
    '<base href="',
    '<!--',
    '\u0000',
    '\u202e',
    '\ud800',
  ),
  fc
    .record({
      name: fc.constantFrom(
        'og:title',
        'og:description',
        'og:image',
        'og:url',
        'article:published_time',
        'og:locale',
      ),
      content: fc.oneof(fc.string({ maxLength: 3000 }), fc.webUrl()),
    })
    .map(({ name, content }) => `<meta property="${name}" content="${content.replace(/"/g, '&quot;')}">`),
)

it('never fails, and what it says always fits the form', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const found = readPageFacts(pieces.join(''), FOUND)
      const form = {
        ...found,
        title: found.title || 'x',
        language: found.language || 'en',
        publishedOn: found.publishedOn || '2026-01-01',
      }
      expect(NewsItemForm.safeParse(form).error).toBeUndefined()
      expect(`${found.title}${found.summary}`).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u)
    }),
    { numRuns: 300 },
  )
})

it('is not held up by a page of nothing but open tags', () => {
  const html = `<title>Deep</title>${'<div>'.repeat(400_000)}`
  const startedAt = performance.now()
  expect(readPageFacts(html, FOUND).title).toBe('Deep')
  expect(facts(`<meta name="description" content="${'<b>'.repeat(3000)}words">`).summary).toBe('words')
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
