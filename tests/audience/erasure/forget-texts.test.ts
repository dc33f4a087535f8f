import fc from 'fast-check'
import { sql } from 'kysely'
import { addressTraces } from '../../../src/address-traces.js'
import { addressPattern } from '../../../src/audience/erasure/forget-texts.js'
import { createWorld, type World } from '../../helpers/world.js'

const ADDRESS = 'ada@example.org'
let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function areFound(texts: readonly string[]): Promise<boolean[]> {
  const pattern = addressPattern(addressTraces([ADDRESS]).plain)
  const { rows } = await sql<{ found: boolean }>`
    select lower(text) ~ ${pattern} as found from unnest(${texts}::text[]) with ordinality as t (text, place)
    order by place`.execute(world.db)
  return rows.map(({ found }) => found)
}

/** As a link may hold it: everything but letters and digits escaped. */
function escaped(text: string): string {
  return text.replace(
    /[^a-z0-9]/gi,
    (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  )
}

it.each([
  ['%3Cada%40example.org%3E', true],
  ['?to=ada%40example.org&x=1', true],
  ['%20ada@example.org', true],
  [JSON.stringify(`Ask\n${ADDRESS}`), true],
  ['x%2Bada%40example.org', false],
  ['x.ada@example.org', false],
  ['ada%40example.org%2Euk', false],
  ['ada@example.org.uk', false],
])('looks for an address in %s', async (text, isThere) => {
  expect(await areFound([text])).toEqual([isThere])
})

it('finds an address between escaped neighbours exactly where it would between plain ones', async () => {
  const character = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))
  const neighbours = fc.tuple(
    fc.oneof(fc.constant(''), character),
    fc.array(character, { maxLength: 2 }).map((all) => all.join('')),
  )
  const pairs = fc.sample(neighbours, 3000)
  const plain = await areFound(pairs.map(([before, after]) => `${before}${ADDRESS}${after}`))
  const inLinks = await areFound(
    pairs.map(([before, after]) => `${escaped(before)}${encodeURIComponent(ADDRESS)}${escaped(after)}`),
  )
  const differing = pairs.filter((_, place) => plain[place] !== inLinks[place])
  expect(differing).toEqual([])
  expect(new Set(plain).size).toBe(2)
})
