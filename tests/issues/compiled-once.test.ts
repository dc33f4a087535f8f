import { compiledOnce } from '../../src/issues/compiled-once.js'
import { compileEdition } from '../../src/rendering/compile-edition.js'
import { sampleContent } from '../helpers/sample-content.js'

it('compiles the same content once, any other anew, and forgets what nobody has asked for in a while', async () => {
  const content = sampleContent([])
  const first = await compiledOnce(content)
  expect(first).toEqual(await compileEdition(content))
  expect(await compiledOnce(structuredClone(content))).toBe(first)
  expect(await compiledOnce({ ...content, subject: 'Another' })).not.toEqual(first)
  for (let number = 0; number < 32; number++) await compiledOnce({ ...content, subject: `No. ${number}` })
  const again = await compiledOnce(content)
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
})
