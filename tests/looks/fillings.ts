import type { NewsContent } from '../../src/rendering/blocks/define-block.js'

/** Words of one sort that every block is tried with. */
export type Filling = {
  language: string
  /** A line by the name of its field. */
  line(field: string): string
  rich: string
  news: Pick<NewsContent, 'title' | 'summaryHtml' | 'region'>
}

const one = (text: string) => () => text

const USUAL: Readonly<Record<string, string>> = {
  value: '128',
  label: 'people took part',
  name: 'Maija Virtanen',
  role: 'Project lead, Oulu',
  title: 'Five plans are public',
  text: 'What happens next',
  place: 'Town hall, Galway',
  time: '10:00–12:00 CET',
  linkLabel: 'Read more',
  tagline: 'Room to work, time to make',
  caption: 'The workshop on its first open day.',
  organisation: 'Makers’ Quarter',
  address: 'Harbour Road 7, Galway, Ireland',
  reason: 'You get this mail because you asked for our news.',
  sentTo: 'This email was sent to {{ contact.EMAIL }}',
  unsubscribeLabel: 'Unsubscribe',
  webviewLabel: 'View in your browser',
  preferencesLabel: 'Change what you get',
  copyright: '© 2026 Makers’ Quarter',
  fundingStatement: 'Co-funded by the European Union through its interregional cooperation programme.',
}

const LONG_LINE =
  'A title that somebody wrote in one go without ever asking whether a reader on a small telephone would want all of it'
const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const PARAGRAPH =
  'The second stage begins in May. Each region opens its workshop to the others for one week, and whatever is learnt there goes into one shared handbook that all five use.'
const HOSTILE =
  '"><script>alert(1)</script></mj-text></td></table><img src=x onerror=alert(1)><style>*{display:none}</style>'

/** Every sort of words, by its name. */
export const FILLINGS: Readonly<Record<string, Filling>> = {
  ordinary: {
    language: 'en',
    line: (field) => USUAL[field] ?? 'Open workshop',
    rich: `<p>${PARAGRAPH}</p><p>There is <a href="https://example.org/more">more to read</a>:</p><ul><li>a plan for each region</li><li>a calendar until autumn</li></ul>`,
    news: { title: 'Five plans are public', summaryHtml: `<p>${PARAGRAPH}</p>`, region: 'Galway' },
  },
  long: {
    language: 'en',
    line: (field) => (field === 'value' ? '1 234 567 890' : `${LONG_LINE}. ${LONG_WORD}`),
    rich: `<p>${LONG_WORD} ${`${PARAGRAPH} `.repeat(3)}</p><ul><li>${LONG_LINE}</li><li>${LONG_WORD}</li></ul><blockquote>${PARAGRAPH}</blockquote>`,
    news: { title: `${LONG_LINE}. ${LONG_WORD}`, summaryHtml: `<p>${PARAGRAPH}</p>`, region: LONG_WORD },
  },
  // Blocks as they begin, too.
  empty: { language: 'en', line: one(''), rich: '', news: { title: '', summaryHtml: '', region: '' } },
  'right-to-left': {
    language: 'ar',
    line: (field) => (field === 'value' ? '١٢٨' : 'خمس خطط للمناطق أصبحت متاحة للجميع'),
    rich: '<p>تفتح كل منطقة ورشتها للمناطق الأخرى أسبوعا كاملا، وكل ما نتعلمه يدخل في <a href="https://example.org/more">دليل مشترك</a> واحد.</p><ul><li>خطة لكل منطقة</li><li>تقويم حتى الخريف</li></ul><blockquote>مكان للعمل ووقت للصنع</blockquote>',
    news: {
      title: 'خمس خطط للمناطق أصبحت متاحة للجميع',
      summaryHtml: '<p>تفتح كل منطقة ورشتها للمناطق الأخرى أسبوعا كاملا.</p>',
      region: 'غالواي',
    },
  },
  emoji: {
    language: 'en',
    line: (field) => (field === 'value' ? '🎉 42' : '👩‍🚀 Ready? 🇪🇺🧵 Let’s make 𝒳'),
    rich: '<p>👩‍👩‍👧‍👦 Everybody is welcome 🎪 — <a href="https://example.org/more">come along 🚲</a>.</p><ul><li>🪚 wood</li><li>🧶 wool</li></ul>',
    news: { title: '👩‍🚀 Ready? 🇪🇺', summaryHtml: '<p>Come 🚲 and see 👀.</p>', region: '🏝️ Chania' },
  },
  hostile: {
    language: 'en',
    line: (field) => (field === 'value' ? '<b>1' : HOSTILE),
    rich: `<p>${HOSTILE}</p><p onclick="x()">{{#if contact.EMAIL}} &lt;script&gt;</p>`,
    news: { title: HOSTILE, summaryHtml: `<p>${HOSTILE}</p>`, region: '</mj-column>' },
  },
}
