import { mayDo, type Role } from '../../../src/accounts/role.js'
import { ConflictError, InvalidError } from '../../../src/errors.js'
import { addBlock } from '../../../src/issues/add-block.js'
import { addLanguage } from '../../../src/issues/add-language.js'
import { approveIssue } from '../../../src/issues/approval/approve-issue.js'
import { approversOf, OFFICE_ROLES } from '../../../src/issues/approval/approvers.js'
import { askForChanges } from '../../../src/issues/approval/ask-for-changes.js'
import { issueApproval } from '../../../src/issues/approval/issue-approval.js'
import { openApprovals } from '../../../src/issues/approval/open-approvals.js'
import { remindApprovalMails } from '../../../src/issues/approval/remind-approval-mails.js'
import { sendApprovalMail } from '../../../src/issues/approval/send-approval-mail.js'
import { submitIssue } from '../../../src/issues/approval/submit-issue.js'
import { withdrawSubmission } from '../../../src/issues/approval/withdraw-submission.js'
import { issueWithBlocks } from '../../../src/issues/issue.js'
import { keepSubjectTest } from '../../../src/issues/keep-subject-test.js'
import { moveLanguage } from '../../../src/issues/move-language.js'
import { OrganisationForm, organisation, saveOrganisation } from '../../../src/issues/organisation.js'
import { reviseBlock } from '../../../src/issues/revise-block.js'
import { IssueForm, reviseIssue } from '../../../src/issues/revise-issue.js'
import { reviseLanguage } from '../../../src/issues/revise-language.js'
import { scheduleIssue } from '../../../src/issues/schedule-issue.js'
import { undoDraft } from '../../../src/issues/undo-draft.js'
import { unscheduleIssue } from '../../../src/issues/unschedule-issue.js'
import { createNewsItem } from '../../../src/news/create-news-item.js'
import { NewsItemForm } from '../../../src/news/news-item-form.js'
import { completeDraft, confirmedReader, listWithReaders } from '../../helpers/sample-issue.js'
import { createAccount } from '../../helpers/sign-in.js'
import { createWorld, type World } from '../../helpers/world.js'

let world: World
let author: string
let colleague: string
beforeEach(async () => {
  world = await createWorld()
  author = (await createAccount(world, 'coordinator')).id
  colleague = (await createAccount(world, 'admin')).id
})
afterEach(() => world.close())

async function draft({ needsApproval = true } = {}) {
  const { listId } = await listWithReaders(world, 'town', 2)
  await world.db.updateTable('list').set({ needs_approval: needsApproval }).where('id', '=', listId).execute()
  const { issueId } = await completeDraft(world, [listId])
  await world.db.updateTable('issue').set({ created_by: author }).where('id', '=', issueId).execute()
  return { issueId, listId }
}
const stand = (issueId: string) => issueApproval(world, issueId, world.clock.now())
const stateOf = async (issueId: string) => (await stand(issueId)).state
const versionOf = async (issueId: string) => (await issueWithBlocks(world, issueId)).version
const schedule = async (issueId: string) =>
  scheduleIssue(world, { issueId, version: await versionOf(issueId) }, null)
const type = async (issueId: string, html: string) => {
  const { blocks, version } = await issueWithBlocks(world, issueId)
  const blockId = blocks.find(({ kind }) => kind === 'text')?.id ?? ''
  world.clock.advance(10_000)
  await reviseBlock(world, { issueId, version }, { blockId, content: { html } })
}

describe('an issue for a list that only gets approved issues', () => {
  it('is scheduled once a colleague has approved what was submitted, and not before', async () => {
    const { issueId } = await draft()
    const refusal = (words: string) =>
      expect(schedule(issueId)).rejects.toMatchObject({
        issues: { approval: expect.stringContaining(words) },
      })
    await refusal('Only approved issues may go to “town”. This one has not been submitted')
    await submitIssue(world, { issueId, by: author })
    await refusal('still waits')
    await askForChanges(world, { issueId, note: 'Shorter, please.', by: colleague })
    await refusal('Changes were asked for')
    await type(issueId, '<p>Short.</p>')
    await refusal('has changed')
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: colleague })
    await schedule(issueId)
    expect((await issueWithBlocks(world, issueId)).status).toBe('scheduled')
    await unscheduleIssue(world, { issueId })
    expect(await stateOf(issueId)).toBe('approved')
  })

  it('has its other subjects approved, too, and no others are tried', async () => {
    const { issueId, listId } = await draft()
    for (let number = 0; number < 8; number++)
      await confirmedReader(world, listId, `more${number}@example.org`)
    const canary = { listId: null, percent: 50, limitPercent: 5 }
    const testOf = (...subjects: string[]) => ({ canary, subjectTest: { subjects, hours: 4 } })
    const trying = async (first: ReturnType<typeof testOf>) =>
      scheduleIssue(world, { issueId, version: await versionOf(issueId), ...first }, null)
    const keeping = async (first: ReturnType<typeof testOf>) =>
      keepSubjectTest(world, { issueId, version: await versionOf(issueId) }, first)
    const approve = async () => {
      await submitIssue(world, { issueId, by: author })
      await approveIssue(world, { issueId, by: colleague })
    }
    await approve()
    await expect(trying(testOf('Slipped in'))).rejects.toMatchObject({
      issues: { approval: expect.stringContaining('Nobody has approved the subjects') },
    })
    await expect(keeping(testOf('Seen', 'Seen'))).rejects.toMatchObject({
      issues: { subject_c: expect.any(String) },
    })
    await keeping(testOf('Seen', 'Seen, too'))
    expect(await stateOf(issueId)).toBe('changed')
    await approve()
    await expect(trying(testOf('Seen', 'Slipped in'))).rejects.toThrow(InvalidError)
    await trying(testOf('Seen, too'))
    expect(await issueWithBlocks(world, issueId)).toMatchObject({
      status: 'scheduled',
      subject_test: { subjects: ['Seen, too'] },
    })
  })

  it('loses its approval when readers would fall back to another language', async () => {
    const { issueId } = await draft()
    const now = async () => ({ issueId, version: await versionOf(issueId) })
    await addLanguage(world, await now(), 'fi')
    await reviseLanguage(world, await now(), { language: 'fi', subject: 'Hei', preheader: '' })
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: colleague })
    await moveLanguage(world, await now(), { language: 'fi', position: 0 })
    expect(await stateOf(issueId)).toBe('changed')
    await expect(schedule(issueId)).rejects.toThrow(InvalidError)
    await moveLanguage(world, await now(), { language: 'en', position: 0 })
    expect(await stateOf(issueId)).toBe('approved')
  })

  it('loses its approval by any edit and has it again when the edit is undone', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: colleague })
    await type(issueId, '<p>One word more.</p>')
    expect(await stateOf(issueId)).toBe('changed')
    await expect(schedule(issueId)).rejects.toBeInstanceOf(InvalidError)
    await undoDraft(world, { issueId, version: await versionOf(issueId) })
    expect(await stateOf(issueId)).toBe('approved')
    await schedule(issueId)
  })

  it('is asked for by nobody else: without such a list no approval is needed', async () => {
    const { issueId } = await draft({ needsApproval: false })
    await schedule(issueId)
    expect((await issueWithBlocks(world, issueId)).status).toBe('scheduled')
  })
})

describe('what an approval holds for', () => {
  const approved = async () => {
    const made = await draft()
    await submitIssue(world, { issueId: made.issueId, by: author })
    await approveIssue(world, { issueId: made.issueId, by: colleague })
    return made
  }
  const revise = async (issueId: string, change: object) => {
    const issue = await issueWithBlocks(world, issueId)
    const form = IssueForm.parse({ ...issue, ...change })
    await reviseIssue(world, { issueId, version: issue.version }, form)
  }

  it.each([
    ['subject', { subject: 'Another subject' }],
    ['preheader', { preheader: 'Another preheader' }],
    ['sender', { from_name: 'Somebody else' }],
    ['address', { from_email: 'else@example.org' }],
    ['answers', { reply_to: 'answers@example.org' }],
    ['language', { language: 'fi' }],
    ['lists', { listIds: [] }],
  ])('%s', async (_what, change) => {
    const { issueId } = await approved()
    await revise(issueId, change)
    expect(await stateOf(issueId)).toBe('changed')
  })

  it('another list, and news that an editor changes', async () => {
    const { issueId, listId } = await approved()
    const other = await listWithReaders(world, 'other', 1)
    await revise(issueId, { listIds: [other.listId, listId] })
    expect(await stateOf(issueId)).toBe('changed')
    await revise(issueId, { listIds: [listId] })
    expect(await stateOf(issueId)).toBe('approved')
  })

  it('the words of a news item that it shows, and the brand', async () => {
    const { issueId } = await draft()
    const item = NewsItemForm.parse({
      title: 'A bridge',
      summaryHtml: '<p>It stands.</p>',
      publishedOn: '2026-03-01',
    })
    const newsItemId = await createNewsItem(world, item, null)
    const version = await versionOf(issueId)
    await addBlock(world, { issueId, version }, { kind: 'lead-story', content: { newsItemId }, position: 1 })
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: colleague })
    await world.db.updateTable('news_item').set({ title: 'A tunnel' }).where('id', '=', newsItemId).execute()
    expect(await stateOf(issueId)).toBe('changed')
    await world.db.updateTable('news_item').set({ title: 'A bridge' }).where('id', '=', newsItemId).execute()
    expect(await stateOf(issueId)).toBe('approved')
    await saveOrganisation(
      world,
      OrganisationForm.parse({ ...(await organisation(world)), primary_colour: '#123456' }),
    )
    expect(await stateOf(issueId)).toBe('changed')
  })

  it('not the day, new fields of subscribers, or how many people are on the list', async () => {
    const { issueId } = await approved()
    world.clock.advance(3 * 24 * 3_600_000)
    await world.db
      .insertInto('field')
      .values({ key: 'SHOESIZE', label: 'Shoe size', created_at: world.clock.now() })
      .execute()
    expect(await stateOf(issueId)).toBe('approved')
  })
})

describe('who may say what', () => {
  it('approves nobody who began or submitted the issue while somebody else is there', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, by: author })
    await expect(approveIssue(world, { issueId, by: author })).rejects.toThrow(
      'submitted this issue yourself',
    )
    const partner = (await createAccount(world, 'partner')).id
    const operator = (await createAccount(world, 'operator')).id
    for (const by of [partner, operator, null])
      await expect(approveIssue(world, { issueId, by })).rejects.toThrow('Somebody else of the office')
    expect(await stateOf(issueId)).toBe('waiting')
    await approveIssue(world, { issueId, by: colleague })
  })

  it('lets somebody who works alone approve the own issue', async () => {
    const { issueId } = await draft()
    await world.db
      .updateTable('account')
      .set({ disabled_at: world.clock.now() })
      .where('id', '=', colleague)
      .execute()
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: author })
    expect(await stateOf(issueId)).toBe('approved')
  })

  it('is somebody who has seen it second', () => {
    const office = ['a', 'b', 'c'].map((id) => ({ id }))
    const ids = (createdBy: string | null, submittedBy: string | null, of = office) =>
      approversOf(of, { createdBy, submittedBy }).map(({ id }) => id)
    expect(ids('a', 'a')).toEqual(['b', 'c'])
    expect(ids('a', 'b')).toEqual(['c'])
    expect(ids(null, null)).toEqual(['a', 'b', 'c'])
    expect(ids('a', 'b', office.slice(0, 2))).toEqual(['a'])
    expect(ids('a', 'a', office.slice(0, 1))).toEqual(['a'])
    expect(ids('a', 'gone', office.slice(0, 1))).toEqual(['a'])
  })

  it('is the office: those who may compose', () => {
    const roles: Role[] = ['coordinator', 'operator', 'admin', 'partner']
    const composing = roles.filter((role) => mayDo(role, 'coordinate'))
    expect([...OFFICE_ROLES].sort()).toEqual(composing.sort())
  })

  it('holds only for what was seen', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, by: author })
    const { hash } = await stand(issueId)
    await type(issueId, '<p>Slipped in.</p>')
    await submitIssue(world, { issueId, by: author })
    await expect(approveIssue(world, { issueId, hash, by: colleague })).rejects.toBeInstanceOf(ConflictError)
    expect(await stateOf(issueId)).toBe('waiting')
  })

  it('is refused out of turn and for what is no draft', async () => {
    const { issueId } = await draft()
    await expect(approveIssue(world, { issueId, by: colleague })).rejects.toThrow('not been submitted')
    await submitIssue(world, { issueId, by: author })
    await expect(submitIssue(world, { issueId, by: author })).rejects.toThrow('already')
    await withdrawSubmission(world, { issueId, by: author })
    expect(await stateOf(issueId)).toBe('open')
    await submitIssue(world, { issueId, by: author })
    await approveIssue(world, { issueId, by: colleague })
    await schedule(issueId)
    await expect(askForChanges(world, { issueId, note: 'No', by: colleague })).rejects.toThrow('scheduled')
    const audit = await world.db.selectFrom('audit_entry').select(['action', 'account_id']).execute()
    expect(audit).toEqual([
      { action: 'submit-issue', account_id: author },
      { action: 'withdraw-submission', account_id: author },
      { action: 'submit-issue', account_id: author },
      { action: 'approve-issue', account_id: colleague },
      { action: 'schedule-issue', account_id: null },
    ])
  })
})

it('does not send what is taken back in the same moment: one of the two wins', async () => {
  const { issueId } = await draft()
  await submitIssue(world, { issueId, by: author })
  await approveIssue(world, { issueId, by: colleague })
  const [scheduled, asked] = await Promise.allSettled([
    schedule(issueId),
    askForChanges(world, { issueId, note: 'Wait', by: colleague }),
  ])
  expect([scheduled.status, asked.status].sort()).toEqual(['fulfilled', 'rejected'])
  const { status } = await issueWithBlocks(world, issueId)
  expect(status).toBe(scheduled.status === 'fulfilled' ? 'scheduled' : 'draft')
})

describe('colleagues are told', () => {
  const jobs = () => world.enqueued.filter(({ name }) => name === 'send-approval-mail')
  const deliver = async () => {
    for (const { payload } of jobs()) await sendApprovalMail(world, payload as never)
  }

  it('on the dashboard and by mail, once, while it is news', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, note: 'Before noon & <soon>', by: author })
    expect(await openApprovals(world)).toMatchObject([{ state: 'waiting', submittedBy: author }])
    await deliver()
    await deliver()
    expect(world.sent).toHaveLength(1)
    const [mail] = world.sent
    expect(mail?.envelope.to).toContain('admin-')
    expect(mail?.subject).toBe('Waiting for your approval: Spring issue')
    expect(mail?.html).toContain('Before noon &amp; &lt;soon&gt;')
    expect(mail?.text).toContain('Before noon & <soon>')
    expect(mail?.text).toContain(`https://news.example.org/issues/${issueId}#approval`)
    await askForChanges(world, { issueId, note: 'Later', by: colleague })
    await deliver()
    expect(world.sent.map(({ subject }) => subject)).toEqual([
      'Waiting for your approval: Spring issue',
      'Changes asked for: Spring issue',
    ])
    expect(await openApprovals(world)).toMatchObject([{ state: 'asked' }])
  })

  it('again by the sweep when the job was forgotten, and not when another word came', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, by: author })
    world.enqueued.length = 0
    expect(await remindApprovalMails(world)).toBe(0)
    world.clock.advance(3 * 60_000)
    expect(await remindApprovalMails(world)).toBe(1)
    await withdrawSubmission(world, { issueId, by: author })
    await deliver()
    expect(world.sent).toEqual([])
    expect(await openApprovals(world)).toEqual([])
  })

  it('later when the mail server is busy', async () => {
    const { issueId } = await draft()
    await submitIssue(world, { issueId, by: author })
    const { email } = await world.db
      .selectFrom('account')
      .select('email')
      .where('id', '=', colleague)
      .executeTakeFirstOrThrow()
    const reply = { stage: 'recipient', code: 451, enhancedCode: null, text: '451 later' } as const
    world.outcomes.set(email, [{ kind: 'deferred', reply }])
    await expect(deliver()).rejects.toThrow('could not be sent yet')
    await deliver()
    expect(world.sent).toHaveLength(1)
  })
})
