import { spawnSync } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { NotFoundError } from '../../../src/errors.js'
import { addLanguage } from '../../../src/issues/add-language.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { findOut } from '../../../src/issues/preflight/background/find-out.js'
import { forgetOldChecks } from '../../../src/issues/preflight/background/remember.js'
import { tryLink } from '../../../src/issues/preflight/background/try-link.js'
import { preflight } from '../../../src/issues/preflight/preflight.js'
import { askSpamAssassin } from '../../../src/issues/preflight/spam/ask-spamassassin.js'
import { readReport } from '../../../src/issues/preflight/spam/read-report.js'
import { previewIssue } from '../../../src/issues/preview-issue.js'
import { reviseBlock } from '../../../src/issues/revise-block.js'
import { reviseBlockText } from '../../../src/issues/revise-block-text.js'
import { completeDraft, confirmedReader, listWithReaders } from '../../helpers/sample-issue.js'
import { openTestSite, type TestSite } from '../../helpers/test-web.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let site: TestSite
const visits: string[] = []
const ANSWERS: Readonly<Record<string, (answer: ServerResponse) => void>> = {
  '/good': (answer) => answer.end('<p>Hello</p>'),
  '/moved': (answer) => answer.writeHead(302, { location: '/good' }).end(),
  '/gone': (answer) => answer.writeHead(404).end(),
  '/shy': (answer) => answer.writeHead(403).end(),
  '/broken': (answer) => answer.writeHead(503).end(),
  '/inside': (answer) => answer.writeHead(302, { location: 'http://10.0.0.1/' }).end(),
  '/endless': (answer) => answer.write('x'),
  '/silent/1': () => undefined,
}
beforeAll(async () => {
  world = await createWorld()
  site = await openTestSite(world.web, 'site.test', (request, answer) => {
    visits.push(request.url ?? '')
    const respond = ANSWERS[request.url ?? ''] ?? ((other: ServerResponse) => other.writeHead(410).end())
    respond(answer)
  })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

async function draft(html: string, fromEmail = 'news@fivetowns.eu') {
  const name = `list${Math.random().toString(36).slice(2, 8)}`
  const { listId } = await listWithReaders(world, name, 2)
  const { issueId, version } = await completeDraft(world, [listId])
  await world.db.updateTable('issue').set({ from_email: fromEmail }).where('id', '=', issueId).execute()
  const { blocks } = await issueWithBlocks(world, issueId)
  const text = blocks.find(({ kind }) => kind === 'text')
  const change = async (content: string, at: number) =>
    reviseBlock(world, { issueId, version: at }, { blockId: text?.id ?? '', content: { html: content } })
  await change(html, version)
  return { issueId, listId, change }
}
const checked = async (issueId: string) =>
  preflight(world, await issueWithBlocks(world, issueId), await previewIssue(world, issueId))

describe('a link', () => {
  it.each([
    ['/good', 'good'],
    ['/moved', 'good'],
    ['/endless', 'good'],
    ['/gone', 'dead'],
    ['/nothing', 'dead'],
    ['/shy', 'doubtful'],
    ['/broken', 'doubtful'],
    ['/inside', 'doubtful'],
  ])('%s is %s', async (path, state) => {
    expect((await tryLink(world, `${site.origin}${path}`)).facts.state).toBe(state)
  })

  it('to nowhere is dead, and one into the house is never opened', async () => {
    expect((await tryLink(world, 'https://nobody.test/')).facts.state).toBe('dead')
    expect((await tryLink(world, 'http://169.254.169.254/latest')).facts.state).toBe('doubtful')
  })

  it('is not called dead because our own DNS is out of reach', async () => {
    world.web.names.set('far.test', () => {
      throw Object.assign(new Error('out of reach'), { code: 'EAI_AGAIN' })
    })
    expect((await tryLink(world, 'https://far.test/')).facts.state).toBe('doubtful')
  })
})

describe('what an issue needs', () => {
  it('is asked for once, found out in the background, and known from then on', async () => {
    const { issueId, listId } = await draft(
      `<p>Dear <<contact.CITY>>, <a href="${site.origin}/good#top">one page</a>, <a href="${site.origin}/gone">another</a>, <a href="${site.origin}/gone#again">the same</a></p>`,
    )
    await confirmedReader(world, listId, `third-${issueId}@example.org`)
    world.dns.records.set('_dmarc.fivetowns.eu', ['v=DMARC1; p=none'])
    const before = await checked(issueId)
    expect(before.waiting.map(({ kind }) => kind)).toEqual(['link', 'link', 'audience', 'mail', 'domain'])
    expect(world.enqueued.at(-1)).toEqual({ name: 'find-out', payload: { issueId }, delayMs: 0 })
    visits.length = 0
    await findOut(world, issueId)
    expect(visits.toSorted()).toEqual(['/gone', '/good'])
    const after = await checked(issueId)
    expect(after.waiting).toEqual([])
    expect(after.known.audience?.facts).toMatchObject({ recipients: 3, empty: { CITY: 3 } })
    expect(after.known.mail?.facts.bytes).toBeGreaterThan(5000)
    expect(after.known.domain?.facts).toMatchObject({ trouble: null, dmarc: { name: 'fivetowns.eu' } })
    const names = after.findings.map(({ check }) => check)
    expect(names).toEqual(expect.arrayContaining(['dead-links', 'empty-fields', 'spf', 'dkim']))
    await findOut(world, issueId)
    expect(visits).toHaveLength(2)
  }, 60_000)

  it('grows old: bad links soon, good ones later, the audience in between', async () => {
    const { issueId } = await draft(
      `<p><a href="${site.origin}/good">a</a> <a href="${site.origin}/shy">b</a> <<contact.CITY>></p>`,
    )
    await findOut(world, issueId)
    world.clock.advance(11 * 60_000)
    expect((await checked(issueId)).waiting.map(({ kind }) => kind)).toEqual(['audience', 'domain'])
    world.clock.advance(20 * 60_000)
    expect((await checked(issueId)).waiting.map(({ subject }) => subject)).toContain(`${site.origin}/shy`)
    world.clock.advance(24 * 3_600_000)
    expect((await checked(issueId)).waiting.map(({ subject }) => subject)).toContain(`${site.origin}/good`)
  }, 60_000)

  it('waits until its author pauses before the mail is weighed again', async () => {
    const { issueId, change } = await draft('<p>Hello</p>', 'news@example.org')
    await findOut(world, issueId)
    await change('<p>Hello you</p>', 2)
    world.clock.advance(5000)
    const result = await checked(issueId)
    expect(result.known.mail?.isOutdated).toBe(true)
    expect(result.waiting.map(({ kind }) => kind)).toEqual(['mail'])
    expect(world.enqueued.at(-1)).toMatchObject({ name: 'find-out', delayMs: 40_000 })
    await findOut(world, issueId)
    expect((await checked(issueId)).known.mail?.isOutdated).toBe(true)
    world.clock.advance(41_000)
    await findOut(world, issueId)
    expect((await checked(issueId)).known.mail?.isOutdated).toBe(false)
  }, 60_000)

  it('takes in the editions of all languages, whoever the preview is for', async () => {
    const { issueId, listId } = await draft('<p>Hello</p>')
    const reader = await confirmedReader(world, listId, `finn-${issueId}@example.org`)
    await world.db.updateTable('subscriber').set({ language: 'fi' }).where('id', '=', reader).execute()
    const draftNow = async () => ({ issueId, version: (await issueWithBlocks(world, issueId)).version })
    await addLanguage(world, await draftNow(), 'fi')
    const { blocks } = await issueWithBlocks(world, issueId)
    await reviseBlockText(world, await draftNow(), {
      blockId: blocks.find(({ kind }) => kind === 'text')?.id ?? '',
      language: 'fi',
      texts: { html: `<p>Hei <<contact.CITY>>, <a href="${site.origin}/gone?fi">sivu</a></p>` },
    })
    const asReader = async () =>
      preflight(
        world,
        await issueWithBlocks(world, issueId),
        await previewIssue(world, issueId, { as: reader }),
      )
    expect((await asReader()).waiting).toEqual((await checked(issueId)).waiting)
    await findOut(world, issueId)
    const after = await asReader()
    expect(after.waiting).toEqual([])
    expect(after.known.mails.map(({ language, known }) => [language, known?.isOutdated])).toEqual([
      ['en', false],
      ['fi', false],
    ])
    const finnish = after.findings.filter(({ translation }) => translation?.language === 'fi')
    expect(finnish.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['dead-links', 'empty-fields', 'plain-http']),
    )
    expect((await checked(issueId)).findings).toEqual(after.findings)
  }, 60_000)

  it('does not wait for a site again and again, and leaves what is too much for another turn', async () => {
    const silent = [1, 2, 3].map((no) => `<a href="${site.origin}/silent/${no}">page ${no}</a>`).join(' ')
    const { issueId } = await draft(`<p>${silent}</p>`, 'news@example.org')
    visits.length = 0
    expect(await findOut(world, issueId, { timeoutMs: 300 })).toBe(0)
    expect(visits).toEqual(['/silent/1'])
    const { known } = await checked(issueId)
    expect([...known.links.values()].map(({ facts }) => facts.state)).toEqual([
      'doubtful',
      'doubtful',
      'doubtful',
    ])
    const other = await draft(
      `<p><a href="${site.origin}/good?1">a</a> <a href="${site.origin}/good?2">b</a></p>`,
    )
    expect(await findOut(world, other.issueId, { turnMs: -1 })).toBe(2)
    expect((await checked(other.issueId)).waiting.map(({ kind }) => kind)).toEqual(['link', 'link'])
  }, 60_000)

  it('means days by the day that the draft is planned for', async () => {
    const { issueId } = await draft('<p>See you tomorrow.</p>', 'news@example.org')
    const said = async (planned_on: string | null) => {
      await world.db.updateTable('issue').set({ planned_on }).where('id', '=', issueId).execute()
      const { findings } = await checked(issueId)
      return findings.filter(({ check }) => check === 'date-words').map(({ message }) => message)
    }
    const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 24 * 3_600_000)
    const day = (date: Date) =>
      date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
    expect((await said(inDays(9).toISOString().slice(0, 10))).join()).toContain(day(inDays(10)))
    expect((await said(inDays(-9).toISOString().slice(0, 10))).join()).not.toContain(day(inDays(-8)))
  })

  it('is not asked for when the queue is out of reach, and nothing breaks', async () => {
    const { issueId } = await draft('<p>Hi</p>')
    const queues = { ...world.queues, enqueue: () => Promise.reject(new Error('no queue')) }
    const issue = await issueWithBlocks(world, issueId)
    const result = await preflight({ ...world, queues }, issue, await previewIssue(world, issueId))
    expect(result.waiting.length).toBeGreaterThan(0)
  })

  it('is forgotten after two months, and nothing is found out for what is gone', async () => {
    world.clock.advance(61 * 24 * 3_600_000)
    await forgetOldChecks(world)
    expect(await world.db.selectFrom('background_check').select('kind').execute()).toEqual([])
    await expect(findOut(world, '00000000-0000-7000-8000-000000000000')).rejects.toThrow(NotFoundError)
  })
})

describe('SpamAssassin', () => {
  it('is read line by line', () => {
    const report = `From: x\n\nContent analysis details:   (4.5 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
 1.5 SUBJ_ALL_CAPS          Subject is all capitals
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 3.0 LONG_ONE               BODY: A description that goes on
                            in the next line
`
    expect(readReport(report)).toEqual({
      score: 4.5,
      required: 5,
      rules: [
        { name: 'SUBJ_ALL_CAPS', points: 1.5, says: 'Subject is all capitals' },
        { name: 'NO_RELAYS', points: -0, says: 'Informational: message was not relayed via SMTP' },
        { name: 'LONG_ONE', points: 3, says: 'BODY: A description that goes on in the next line' },
      ],
    })
    expect(readReport('nothing of the kind')).toBeNull()
  })

  it('is not missed where it is not installed', async () => {
    expect(await askSpamAssassin(Buffer.from('Subject: x\r\n\r\nx'), 'no-such-program')).toBeNull()
  })

  const isInstalled = spawnSync('spamassassin', ['--version']).status === 0
  const whereInstalled = isInstalled || process.env['CI'] ? it : it.skip
  whereInstalled(
    'says the truth about junk',
    async () => {
      const junk = [
        'From: "Rich" <x@example.org>',
        'To: you@example.org',
        'Subject: $$$ FREE MONEY NOW!!! GUARANTEED',
        'Date: Tue, 03 Mar 2026 08:00:00 +0000',
        'Message-ID: <1@example.org>',
        'MIME-Version: 1.0',
        'Content-Type: text/html',
        '',
        '<html><body><img src="http://192.0.2.1/a.png"><a href="http://192.0.2.1/">CLICK HERE</a></body></html>',
      ].join('\r\n')
      const spam = await askSpamAssassin(Buffer.from(junk))
      expect(spam?.score).toBeGreaterThan(1)
      expect(spam?.rules.map(({ name }) => name)).toContain('MIME_HTML_ONLY')
    },
    60_000,
  )
})
