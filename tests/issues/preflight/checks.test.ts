import type { IssueWithBlocks } from '../../../src/issues/issue.js'
import type { DomainFacts, KnownFacts, LinkFacts } from '../../../src/issues/preflight/background/facts.js'
import { inEdition, NOTHING_KNOWN } from '../../../src/issues/preflight/background/known-facts.js'
import { checkEditions } from '../../../src/issues/preflight/check-editions.js'
import { checkSubject } from '../../../src/issues/preflight/check-subject.js'
import { CHECKS } from '../../../src/issues/preflight/checks.js'
import { readEdition } from '../../../src/issues/preflight/read-edition.js'
import { type Block, type BlockKind, newBlockContent } from '../../../src/rendering/blocks.js'
import { compileEdition } from '../../../src/rendering/compile-edition.js'
import type { IssueContent } from '../../../src/rendering/issue-content.js'
import { sampleContent } from '../../helpers/sample-content.js'

const ID = '00000000-0000-7000-8000-000000000001'
const NOW = new Date('2026-03-03T08:00:00Z')
const DRAFT = {
  id: ID,
  status: 'draft',
  subject: 'Hello',
  preheader: '',
  from_name: 'Five Towns',
  from_email: 'news@fivetowns.eu',
  language: 'en',
  listIds: [ID],
  segments: [],
} as unknown as IssueWithBlocks

const block = (kind: BlockKind, content: object): Block =>
  ({ id: ID, kind, content: { ...newBlockContent(kind), ...content } }) as Block

type Given = {
  blocks?: Block[]
  content?: Partial<IssueContent>
  issue?: Partial<IssueWithBlocks>
  known?: Partial<KnownFacts>
  sendAt?: string
  bounceDomain?: string
  pictureBytes?: number
  archivedFields?: string[]
}

async function subjectOf(given: Given) {
  const { blocks, content, issue, known, sendAt, bounceDomain, pictureBytes, archivedFields } = given
  const made = { ...sampleContent(blocks), ...content }
  const edition = await compileEdition(made)
  return {
    issue: { ...DRAFT, ...issue, blocks: [...made.blocks] },
    ...readEdition({ content: made, edition, problems: edition.problems }),
    ...{ now: NOW, timeZone: 'Europe/Helsinki' },
    known: { ...NOTHING_KNOWN, ...known },
    pictureBytes: pictureBytes ?? 0,
    archivedFields: archivedFields ?? [],
    bounceDomain: bounceDomain ?? null,
    sendAt: sendAt ? new Date(sendAt) : null,
  }
}

const findingsOf = async (given: Given) => checkSubject(await subjectOf(given))

const said = async (check: string, given: Given) =>
  (await findingsOf(given)).filter((finding) => finding.check === check)
const now = <F>(facts: F) => ({ facts, checkedAt: NOW, isOutdated: false })
const text = (html: string) => [block('text', { html })]

it('leaves a good issue in peace, but for the emblem that it lacks', async () => {
  const findings = await findingsOf({})
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findings.map(({ check }) => check)).toEqual(['funding'])
})

it('names every check once', () => {
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length)
})

it('blocks what cannot be sent at all', async () => {
  const issue = { subject: ' ', from_name: '', from_email: '', listIds: [] }
  expect((await said('details', { issue })).map(({ field, severity }) => `${severity} ${field}`)).toEqual([
    'error subject',
    'error from_name',
    'error from_email',
    'error listIds',
  ])
})

it('puts what compiling finds into its group', async () => {
  const found = await said('blocks', {
    blocks: [
      block('text', { html: '<p><<contact.SHOESIZE>></p>' }),
      block('image', { url: 'https://a.eu/a.png' }),
      block('button', { label: 'Go', url: 'nowhere' }),
      block('text', { html: `<p>${'long '.repeat(9000)}</p>` }),
      block('text', { html: `<p>${'long '.repeat(9000)}</p>` }),
    ],
  })
  expect(found.map(({ group }) => group).toSorted()).toEqual(['arriving', 'links', 'reading', 'words'])
})

it('says how much of subject and preheader an inbox cuts off', async () => {
  const long = 'Five towns and one market hall, and a long evening by the harbour with bells'
  expect((await said('inbox-line', { content: { subject: long } }))[0]?.message).toContain(
    'cuts off 35 of them',
  )
  expect((await said('inbox-line', { content: { preheader: '' } }))[0]?.message).toContain('no preheader')
  expect((await said('inbox-line', { content: { preheader: 'Short' } }))[0]?.message).toContain('is short')
  const same = { subject: 'Five towns, one market hall', preheader: 'Five towns, one market hall' }
  expect((await said('inbox-line', { content: same }))[0]?.message).toContain('the same as the subject')
})

it('holds words about days against the schedule, in the time zone of who schedules', async () => {
  const given = { blocks: text('<p>Meet us <strong>tomorrow</strong>.</p>'), sendAt: '2026-03-03T22:30:00Z' }
  expect(await said('date-words', given)).toMatchObject([
    { blockId: ID, field: 'html', message: expect.stringContaining('Thursday, 5 March 2026') },
  ])
  const agenda = block('agenda', {
    entries: [{ day: '2026-03-02', time: '', title: 'Open day', place: '', url: '' }],
  })
  expect((await said('past-days', { blocks: [agenda] }))[0]?.message).toContain(
    '“Open day” on Monday, 2 March 2026',
  )
})

it('names news that nobody has translated', async () => {
  const { newsItems } = sampleContent()
  const [one, other] = Object.keys(newsItems)
  const items = Object.fromEntries(
    Object.entries(newsItems).map(([id, item]) => [
      id,
      { ...item, language: id === one ? 'fi' : 'en-GB', title: id === one ? 'Tori aukeaa' : item.title },
    ]),
  )
  const blocks = [block('news-list', { newsItemIds: [one, other] })]
  expect(await said('news-language', { blocks, content: { newsItems: items } })).toMatchObject([
    { severity: 'warning', blockId: ID, message: expect.stringContaining('“Tori aukeaa” (Finnish)') },
  ])
  expect(await said('news-language', { blocks })).toEqual([])
})

it('asks for links that say where they lead', async () => {
  const blocks = text(
    '<p><a href="https://a.eu/1">Click here</a> <a href="https://a.eu/2"> </a> <a href="https://a.eu/3">the programme</a> <a href="https://a.eu/4">Klikkaa tästä!</a> <a href="https://a.eu/5/very/long">https://a.eu/5/very/long/address/nobody/reads</a></p>',
  )
  const found = await said('link-words', { blocks })
  expect(found.map(({ severity }) => severity)).toEqual(['warning', 'error', 'warning', 'warning'])
  expect(
    await said('plain-http', { blocks: text('<p><a href="http://a.eu">the programme</a></p>') }),
  ).toHaveLength(1)
})

it('says which links did not work', async () => {
  const links = new Map([
    [
      'https://a.eu/gone',
      now<LinkFacts>({ state: 'dead', says: 'The site says that there is no such page (404).' }),
    ],
    ['https://a.eu/shy', now<LinkFacts>({ state: 'doubtful', says: 'The site answered 500.' })],
    ['https://a.eu/good', now<LinkFacts>({ state: 'good', says: '' })],
  ])
  const blocks = text(
    '<p><a href="https://a.eu/gone#x">one page</a> <a href="https://a.eu/shy">another</a> <a href="https://a.eu/good">third</a> <a href="https://a.eu/new">fourth</a></p>',
  )
  expect((await said('dead-links', { blocks, known: { links } })).map(({ message }) => message)).toEqual([
    'The link to “https://a.eu/gone#x” does not work: the site says that there is no such page (404). Mend it or take it out.',
    'The link to “https://a.eu/shy” could not be tried well: the site answered 500. Open it yourself.',
  ])
})

it('wants the way out and the funder in the mail', async () => {
  const { blocks } = sampleContent([])
  const bare = blocks.filter(({ kind }) => kind !== 'footer')
  expect(await said('way-out', { content: { blocks: bare } })).toHaveLength(2)
  expect(await said('way-out', {})).toEqual([])
})

it('looks into custom MJML: descriptions, outline, contrast, features', async () => {
  const mjml = `<mj-section><mj-column>
    <mj-image src="https://a.eu/a.png" />
    <mj-image src="https://a.eu/b.png" alt="" href="https://a.eu" />
    <mj-image src="https://a.eu/c.webp" alt="" />
    <mj-text color="#999999"><h4>Deep</h4>pale words</mj-text>
    <mj-text><div style="display:grid">x</div></mj-text>
  </mj-column></mj-section>`
  const given = { blocks: [block('mjml', { mjml })] }
  expect((await said('custom-alt', given)).map(({ line, blockId }) => [line, blockId])).toEqual([
    [2, ID],
    [3, ID],
  ])
  expect((await said('heading-order', given))[0]?.message).toContain('h4 comes after h1')
  expect((await said('contrast', given)).map(({ message }) => message)).toEqual([
    expect.stringMatching(/“Deep” is hard to read: its contrast is 2\.8/),
    expect.stringContaining('“pale words”'),
  ])
  const features = (await said('client-support', given)).map(({ message }) => message)
  expect(features).toEqual([
    expect.stringContaining('display:grid does nothing in Outlook for Windows'),
    expect.stringContaining('webP image format'),
  ])
})

it('weighs words against pictures, and the mail as a whole', async () => {
  const pictures = Array.from({ length: 20 }, (_, at) =>
    block('image', { url: `https://a.eu/${at}.png`, alt: 'x' }),
  )
  expect((await said('pictures-and-words', { blocks: pictures }))[0]?.message).toContain('mostly pictures')
  expect((await said('pictures-and-words', { pictureBytes: 2_000_000 }))[0]?.message).toContain('2.0 MB')
  const spam = { score: 4.4, required: 5, rules: [{ name: 'SUBJ_ALL_CAPS', points: 1.5, says: 'x' }] }
  const known = { mail: now({ bytes: 300_000, spam }) }
  expect((await said('mail-size', { known }))[0]?.message).toContain('300 KB')
  expect((await said('spam-score', { known }))[0]?.message).toContain(
    'the subject is all in capital letters (1.5)',
  )
})

it('names fields in the archive, however they are used', async () => {
  const uses = text(
    '<p><<contact.CITY | default: "town">> <<#if contact.LASTNAME>>x<</if>> <<contact.FIRSTNAME>></p>',
  )
  const found = await said('archived-fields', {
    blocks: uses,
    archivedFields: ['CITY', 'LASTNAME', 'WEBSITE'],
  })
  expect(found.map(({ message }) => message.split(' is ')[0])).toEqual([
    'The field CITY',
    'The field LASTNAME',
  ])
  expect(await said('archived-fields', { blocks: uses })).toEqual([])
})

it('counts whom a merge field leaves with a gap', async () => {
  const facts = {
    onLists: 40,
    duplicates: 0,
    unconfirmed: 0,
    suppressed: 0,
    recipients: 40,
    empty: { FIRSTNAME: 37 },
  }
  const known = { audience: now(facts) }
  const bare = '<p>Dear <<contact.FIRSTNAME>>, <<#if contact.CITY>>in <<contact.CITY>><</if>></p>'
  expect((await said('empty-fields', { blocks: text(bare), known }))[0]?.message).toContain(
    '37 people of 40 have no FIRSTNAME',
  )
  const kept = '<p>Dear <<contact.FIRSTNAME | default: "reader">></p>'
  expect(await said('empty-fields', { blocks: text(kept), known })).toEqual([])
  const nobody = { audience: now({ ...facts, recipients: 0 }) }
  expect((await said('audience', { known: nobody }))[0]?.severity).toBe('error')
})

it('knows languages', async () => {
  expect(await said('language', { issue: { language: 'pt-BR' } })).toEqual([])
  expect(await said('language', { issue: { language: 'zz' } })).toHaveLength(1)
})

describe('the sender', () => {
  const facts: DomainFacts = {
    trouble: null,
    spf: { domain: 'fivetowns.eu', records: ['v=spf1 mx -all'], lookups: 1 },
    dmarc: { name: 'fivetowns.eu', records: ['v=DMARC1; p=none'] },
    organization: 'fivetowns.eu',
    dkim: [{ name: 's1._domainkey.fivetowns.eu', expected: 'v=DKIM1; p=AA', found: ['v=DKIM1; p=A A'] }],
    takesMail: true,
    bouncesArrive: true,
  }
  const about = async (change: Partial<DomainFacts>, more: Given = {}) =>
    (await findingsOf({ known: { domain: now({ ...facts, ...change }) }, ...more }))
      .filter(({ group }) => group === 'sender')
      .map(({ message }) => message)

  it('is in order when everything is published', async () => {
    expect(await about({})).toEqual([])
  })

  it.each<[string, Partial<DomainFacts>]>([
    ['SPF: fivetowns.eu does not say', { spf: { domain: 'fivetowns.eu', records: [], lookups: 0 } }],
    ['has 2 records', { spf: { domain: 'fivetowns.eu', records: ['v=spf1', 'v=spf1 -all'], lookups: 0 } }],
    ['allows everybody', { spf: { domain: 'fivetowns.eu', records: ['v=spf1 all'], lookups: 0 } }],
    ['more than ten', { spf: { domain: 'fivetowns.eu', records: ['v=spf1 -all'], lookups: 11 } }],
    ['does not belong to', { spf: { domain: 'bounces.example.net', records: ['v=spf1 -all'], lookups: 0 } }],
    ['Publish a TXT record at _dmarc.fivetowns.eu', { dmarc: null }],
    ['Keep one', { dmarc: { name: 'fivetowns.eu', records: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] } }],
    ['says p=all', { dmarc: { name: 'fivetowns.eu', records: ['v=DMARC1; p=all'] } }],
    ['does not sign', { dkim: [] }],
    ['nothing stands at', { dkim: [{ name: 'x', expected: 'v=DKIM1; p=AA', found: [] }] }],
    ['another key', { dkim: [{ name: 'x', expected: 'v=DKIM1; p=AA', found: ['v=DKIM1; p=BB'] }] }],
    ['Give it an MX record', { takesMail: false }],
  ])('hears: %s', async (words, change) => {
    expect(await about(change)).toEqual([expect.stringContaining(words)])
  })

  it('hears of bounces that nobody gets', async () => {
    expect(await about({ bouncesArrive: false }, { bounceDomain: 'bounce.fivetowns.eu' })).toHaveLength(1)
  })

  it('is told what cannot work, and nothing about what could not be asked', async () => {
    expect(await about({ trouble: 'No DNS.', dmarc: null, dkim: [] })).toEqual([])
    const of = async (from_email: string) => said('sender-address', { issue: { from_email } })
    expect((await of('us@gmail.com'))[0]?.severity).toBe('error')
    expect((await of('us@example.org'))[0]?.severity).toBe('warning')
    expect((await of('no-reply@fivetowns.eu'))[0]?.message).toContain('somebody reads')
  })
})

describe('an issue in several languages', () => {
  const inFinnish = (html: string, content: Partial<IssueContent> = {}) => ({
    blocks: text(html),
    content: { language: 'fi', ...content },
  })
  const ofBoth = async (english: Given, finnish: Given) =>
    checkEditions(await Promise.all([english, finnish].map(subjectOf)))

  it('is looked at in each of them, and each language says what it has alone', async () => {
    const empty = '<p><a href="https://a.eu/fi"></a> <<contact.CITY>></p>'
    const audience = now({
      onLists: 2,
      duplicates: 0,
      unconfirmed: 0,
      suppressed: 0,
      recipients: 2,
      empty: { CITY: 1 },
    })
    const subject = 'x'.repeat(140)
    const known = { audience }
    const found = await ofBoth(
      { blocks: text('<p>Hello</p>'), known },
      { ...inFinnish(empty, { subject }), known },
    )
    const finnish = found.filter(({ translation }) => translation)
    expect(finnish.map(({ check, severity }) => `${check} ${severity}`).toSorted()).toEqual([
      'empty-fields warning',
      'inbox-line warning',
      'link-words error',
    ])
    for (const finding of finnish)
      expect(finding).toMatchObject({
        blockId: null,
        field: 'language:fi',
        message: expect.stringMatching(/^Finnish: /),
      })
    expect(finnish.find(({ check }) => check === 'link-words')?.translation).toEqual({
      language: 'fi',
      blockId: ID,
    })
  })

  it('says once what is the same in all of them, and of the issue itself', async () => {
    const bare = '<p><a href="http://a.eu">the programme</a></p>'
    const found = await ofBoth({ blocks: text(bare), issue: { from_name: '' } }, inFinnish(bare))
    expect(found.filter(({ translation }) => translation)).toEqual([])
    expect(found.map(({ check }) => check)).toEqual(expect.arrayContaining(['plain-http', 'details']))
  })

  it('does not repeat in other words what belongs to the look', async () => {
    const mjml = (words: string) => [
      block('mjml', {
        mjml: `<mj-section><mj-column><mj-text color="#999999">${words}</mj-text></mj-column></mj-section>`,
      }),
    ]
    const given = (words: string) => ({ blocks: mjml(words), content: { language: 'fi' } })
    const one = await ofBoth({ blocks: mjml('pale words') }, given('kalpeat sanat'))
    expect(one.filter(({ check }) => check === 'contrast')).toHaveLength(1)
    const more = await ofBoth({ blocks: mjml('pale words') }, given('<p>kalpeat</p><p>sanat</p>'))
    expect(more.filter(({ check, translation }) => check === 'contrast' && translation)).toHaveLength(2)
  })

  it('has a weight and a score in each of them', async () => {
    const mails = ['en', 'fi'].map((language, at) => ({
      language,
      known: now({ bytes: at === 0 ? 50_000 : 300_000, spam: null }),
    }))
    const subjects = await Promise.all([{}, inFinnish('<p>Hei</p>')].map(subjectOf))
    const found = checkEditions(
      subjects.map((subject, at) => ({ ...subject, known: inEdition({ ...NOTHING_KNOWN, mails }, at) })),
    )
    expect(found.filter(({ check }) => check === 'mail-size')).toMatchObject([
      { field: 'language:fi', message: expect.stringContaining('Finnish: Encoded for the way') },
    ])
  })
})
