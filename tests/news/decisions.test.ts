import { ConflictError, NotFoundError } from '../../src/errors.js'
import { acceptNewsItems } from '../../src/news/accept-news-items.js'
import { archiveNewsItem } from '../../src/news/archive-news-item.js'
import { proposeNewsItem } from '../../src/news/create-news-item.js'
import { newsItem } from '../../src/news/news-item.js'
import { NewsItemForm } from '../../src/news/news-item-form.js'
import { RejectionForm, rejectNewsItem } from '../../src/news/reject-news-item.js'
import { reopenNewsItem } from '../../src/news/reopen-news-item.js'
import { reviseProposal } from '../../src/news/revise-proposal.js'
import { createAccount, REGION } from '../helpers/sign-in.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
let office: string
let partner: string
beforeAll(async () => {
  world = await createWorld()
  office = (await createAccount(world, 'coordinator')).id
  partner = (await createAccount(world, 'partner')).id
})
afterAll(() => world.close())

const input = (title: string) => NewsItemForm.parse({ title, publishedOn: '2026-02-01', region: REGION })
const asItIs = (id: string) => ({ id, version: null })
const proposed = (title: string) => proposeNewsItem(world, input(title), partner)

it('accepts several at once and leaves those alone that were decided meanwhile', async () => {
  const ids = [await proposed('One'), await proposed('Two'), await proposed('Three')]
  await rejectNewsItem(world, ids[2] ?? '', { note: 'Too late.', by: office })
  expect(await acceptNewsItems(world, ids.map(asItIs), office)).toBe(2)
  expect(await acceptNewsItems(world, ids.map(asItIs), office)).toBe(0)
  expect(await acceptNewsItems(world, [], office)).toBe(0)
  expect(await newsItem(world, ids[0] ?? '')).toMatchObject({
    status: 'accepted',
    decided_by: office,
    decided_at: world.clock.now(),
    created_by: partner,
  })
  expect(await newsItem(world, ids[2] ?? '')).toMatchObject({ status: 'rejected', office_note: 'Too late.' })
})

it('decides about nothing that was changed since somebody read it', async () => {
  const id = await proposed('As it was read')
  const { version } = await newsItem(world, id)
  await reviseProposal(world, { id, version, region: REGION }, input('As nobody has read it'))
  expect(await acceptNewsItems(world, [{ id, version }], office)).toBe(0)
  await expect(rejectNewsItem(world, id, { note: 'No.', by: office, version })).rejects.toThrow(
    'read it again before you decide',
  )
  expect((await newsItem(world, id)).status).toBe('proposed')
  expect(await acceptNewsItems(world, [{ id, version: version + 1 }], office)).toBe(1)
})

it('rejects with a note, once', async () => {
  const id = await proposed('Not for us')
  await rejectNewsItem(world, id, { note: 'No picture.', by: office })
  await expect(rejectNewsItem(world, id, { note: 'Again.', by: office })).rejects.toThrow(ConflictError)
  expect((await newsItem(world, id)).office_note).toBe('No picture.')
  const nobody = '00000000-0000-7000-8000-000000000000'
  await expect(rejectNewsItem(world, nobody, { note: 'x', by: office })).rejects.toThrow(NotFoundError)
  expect(RejectionForm.safeParse({ note: ' ' }).success).toBe(false)
})

it('lays what was decided open again', async () => {
  const id = await proposed('Second thoughts')
  await expect(reopenNewsItem(world, id)).rejects.toThrow(ConflictError)
  await acceptNewsItems(world, [asItIs(id)], office)
  await reopenNewsItem(world, id)
  expect(await newsItem(world, id)).toMatchObject({ status: 'proposed', decided_by: null, decided_at: null })
})

describe('a partner', () => {
  const target = async (id: string) => ({ id, version: (await newsItem(world, id)).version, region: REGION })

  it('mends a rejected proposal, which is then proposed again and keeps what the office said', async () => {
    const id = await proposed('Without a picture')
    await rejectNewsItem(world, id, { note: 'No picture.', by: office })
    await reviseProposal(world, await target(id), input('With a picture'))
    expect(await newsItem(world, id)).toMatchObject({
      title: 'With a picture',
      status: 'proposed',
      office_note: 'No picture.',
    })
  })

  it('cannot change what is accepted, archived, of another region, or saved by somebody else meanwhile', async () => {
    const id = await proposed('Mine')
    const stale = await target(id)
    await reviseProposal(world, stale, input('Mine again'))
    await expect(reviseProposal(world, stale, input('x'))).rejects.toThrow('Somebody else has saved')
    const elsewhere = { ...(await target(id)), region: 'Tartu' }
    await expect(reviseProposal(world, elsewhere, input('x'))).rejects.toThrow(NotFoundError)
    await acceptNewsItems(world, [asItIs(id)], office)
    await expect(reviseProposal(world, await target(id), input('x'))).rejects.toThrow('only the office')
    const other = await proposed('To be archived')
    await archiveNewsItem(world, other)
    await expect(reviseProposal(world, await target(other), input('x'))).rejects.toThrow(ConflictError)
  })

  it('cannot move a proposal to another region', async () => {
    const id = await proposed('Stays')
    await reviseProposal(world, await target(id), { ...input('Stays'), region: 'Tartu' })
    expect((await newsItem(world, id)).region).toBe(REGION)
  })
})
