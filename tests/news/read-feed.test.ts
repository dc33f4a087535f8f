import fc from 'fast-check'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { readFeed } from '../../src/news/read-feed.js'

const URL_OF_FEED = 'https://region.example/feed.xml'
const rss = (items: string, head = '<language>fi-FI</language><link>https://region.example/</link>') =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel><title>Region &amp; news</title>${head}${items}</channel></rss>`

it('reads RSS with pictures, guids and dates in any form', () => {
  const feed = readFeed(
    rss(`
    <item><title>A &amp; B</title><link>/a</link><guid isPermaLink="false">one</guid>
      <pubDate>Mon, 02 Mar 2026 23:30:00 +0200</pubDate>
      <description><![CDATA[<p onclick="x()">Short <a href="/b">link</a></p><script>1</script>]]></description>
      <enclosure url="https://region.example/p.jpg" type="image/jpeg" length="1"/></item>
    <item><title>Two</title><guid>https://region.example/two</guid><dc:date>2026-03-01T10:00:00Z</dc:date>
      <media:thumbnail url="/t.png"/></item>
    <item><title>Three</title><link>https://region.example/3</link>
      <content:encoded><![CDATA[<img src="/c.png"><p>Body</p>]]></content:encoded></item>`),
    URL_OF_FEED,
  )
  expect(feed).toEqual({
    title: 'Region & news',
    language: 'fi',
    unreadable: 0,
    entries: [
      {
        key: 'one',
        title: 'A & B',
        summaryHtml: expect.stringMatching(/^<p>Short/),
        url: 'https://region.example/a',
        imageUrl: 'https://region.example/p.jpg',
        language: '',
        publishedOn: '2026-03-02',
      },
      {
        key: 'https://region.example/two',
        title: 'Two',
        summaryHtml: '',
        url: 'https://region.example/two',
        imageUrl: 'https://region.example/t.png',
        language: '',
        publishedOn: '2026-03-01',
      },
      expect.objectContaining({
        key: 'region.example/3',
        imageUrl: 'https://region.example/c.png',
        summaryHtml: '<p>Body</p>',
      }),
    ],
  })
  expect(feed?.entries[0]?.summaryHtml).not.toMatch(/script|onclick/)
})

it('reads Atom', () => {
  const feed = readFeed(
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt"><title>Norte</title>
    <link rel="self" href="/feed"/><link href="https://norte.example/"/>
    <entry><id>urn:1</id><title type="html">&lt;b&gt;Novo&lt;/b&gt; espaço</title>
      <link rel="alternate" href="novo"/><updated>2026-03-01T10:00:00Z</updated><summary>Curto</summary></entry></feed>`,
    URL_OF_FEED,
  )
  expect(feed).toMatchObject({ title: 'Norte', language: 'pt' })
  expect(feed?.entries).toMatchObject([
    {
      key: 'urn:1',
      title: 'Novo espaço',
      url: 'https://norte.example/novo',
      publishedOn: '2026-03-01',
      summaryHtml: '<p>Curto</p>',
    },
  ])
})

it('reads RDF and JSON feeds', () => {
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <channel><title>Old</title><link>https://old.example/</link></channel>
    <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link></item></rdf:RDF>`
  expect(readFeed(rdf, URL_OF_FEED)?.entries).toMatchObject([{ title: 'One', url: 'https://old.example/1' }])
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'J',
    items: [{ id: '1', url: '/1', title: 'One', content_html: '<p>x' }],
  }
  expect(readFeed(JSON.stringify(json), URL_OF_FEED)?.entries).toMatchObject([
    { key: '1', title: 'One', url: 'https://region.example/1', summaryHtml: '<p>x</p>' },
  ])
})

it('leaves out an entry without words and keeps the rest; one without a title is called by its first words', () => {
  const feed = readFeed(
    rss('<item><link>/x</link></item><item><description>Only words</description></item>'),
    URL_OF_FEED,
  )
  expect(feed?.unreadable).toBe(1)
  expect(feed?.entries).toMatchObject([{ title: 'Only words', summaryHtml: '' }])
})

it('cuts a whole article to its first words', () => {
  const feed = readFeed(
    rss(
      `<item><title>x</title><description>${'word &lt;b&gt;two&lt;/b&gt; '.repeat(900)}</description></item>`,
    ),
    URL_OF_FEED,
  )
  expect(feed?.entries[0]?.summaryHtml).toMatch(/^<p>word two .*…<\/p>$/)
  expect(feed?.entries[0]?.summaryHtml.length).toBeLessThan(620)
})

it('lets no merge field in, which a newsletter would fill with what it knows of its reader', () => {
  const tag = '&lt;&lt;contact.EMAIL&gt;&gt; {{ contact.EMAIL }} {{{x}}}'
  const feed = readFeed(
    rss(`<item><title>${tag}</title><link>https://evil.example/?e={{contact.EMAIL}}</link>
    <description><![CDATA[<p><a href="https://evil.example/?{{contact.EMAIL}}">x</a> &lt;&lt;contact.EMAIL>> &#60;&#x3c;#if contact.X>></p>]]></description></item>`),
    URL_OF_FEED,
  )
  expect(JSON.stringify(feed)).not.toMatch(/\{\{|<<|&lt;\s*&lt;|<&lt;/)
})

it.each([
  '',
  'hello',
  '<html><body><p>page</p></body></html>',
  '<rss><channel>',
  '{}',
  '[]',
  'null',
  '<!DOCTYPE x>',
])('says that %j is no feed', (text) => {
  expect(readFeed(text, URL_OF_FEED)).toBeNull()
})

it('does not expand entities of its own', () => {
  const bomb = `<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`
  const feed = readFeed(bomb + rss('<item><title>x &b; &f;</title></item>').slice(21), URL_OF_FEED)
  expect(JSON.stringify(feed)).not.toMatch(/aaaa|root:/)
})

const field = fc.oneof(
  fc.string(),
  fc.lorem(),
  fc.constantFrom('', '<b>', '&lt;script&gt;', ']]>', '{{x}}', '\u0000', '&bogus;', 'javascript:alert(1)'),
)
const item = fc.record({
  title: field,
  link: fc.oneof(field, fc.webUrl()),
  guid: field,
  pubDate: field,
  description: field,
})

it('never fails, and every entry fits the form', () => {
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5 }), (items) => {
      const xml = rss(
        items
          .map(
            (fields) =>
              `<item>${Object.entries(fields)
                .map(([name, value]) => `<${name}>${value}</${name}>`)
                .join('')}</item>`,
          )
          .join(''),
      )
      for (const entry of readFeed(xml, URL_OF_FEED)?.entries ?? []) {
        const form = {
          ...entry,
          language: entry.language || 'en',
          publishedOn: entry.publishedOn || '2026-01-01',
        }
        expect(NewsItemForm.safeParse(form).error).toBeUndefined()
      }
    }),
    { numRuns: 300 },
  )
})
