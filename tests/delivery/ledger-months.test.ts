import { sql } from 'kysely'
import {
  dropOldLedger,
  ensureLedgerMonth,
  monthOf,
  oldLedgerMonths,
} from '../../src/delivery/ledger-months.js'
import { progress } from '../../src/delivery/progress.js'
import { sendBatch } from '../helpers/send-batch.js'
import { fannedOutIssue } from '../helpers/sent-issue.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const rows = async () => {
  const { rows: found } = await sql<{ count: string }>`select count(*) from delivery`.execute(world.db)
  return Number(found[0]?.count)
}

it('keeps the deliveries of two years, and the numbers of every issue for good', async () => {
  const { issueId } = await fannedOutIssue(world, 'months', 3)
  await sendBatch(world, { issueId })
  world.clock.set('2028-03-31T23:59:59Z')
  expect(await dropOldLedger(world)).toEqual([])
  expect(await rows()).toBe(3)
  world.clock.set('2028-04-01T00:00:00Z')
  const march = { name: 'delivery_2026_03', month: '2026-03-01', deliveries: 3 }
  expect(await oldLedgerMonths(world)).toEqual([march])
  expect(await dropOldLedger(world)).toEqual([march])
  expect(await oldLedgerMonths(world)).toEqual([])
  expect(await rows()).toBe(0)
  expect(await progress(world.db, issueId)).toMatchObject({ accepted: 3, total: 3 })
})

it('makes a month once, whoever asks at the same time, also in December', async () => {
  await Promise.all([1, 2, 3].map(() => ensureLedgerMonth(world.db, '2030-12-01')))
  const { rows: found } = await sql<{
    name: string
  }>`select to_regclass('delivery_2030_12')::text as name`.execute(world.db)
  expect(found[0]?.name).toBe('delivery_2030_12')
  await expect(ensureLedgerMonth(world.db, '2030-12-02')).rejects.toThrow(RangeError)
  expect(monthOf(new Date('2026-12-31T23:59:59Z'))).toBe('2026-12-01')
})
