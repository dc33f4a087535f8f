import fc from 'fast-check'
import { importForeign } from '../../src/templates/import-foreign.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const section = (text: string) => `<mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section>`
const frame = (body: string) => `<mjml><mj-body>${body}</mj-body></mjml>`

const gap = fc.constantFrom('', '\n', '\n    ', '\n\n')
const part = fc.constantFrom(
  section('a'),
  section('{{ contact.PLAN }}'),
  section('{{ contact.PLANET }}'),
  section('a').replace('<mj-text', '<mj-text colour="red"'),
)

it('names lines of the result as it is shown, with the place for blocks in it', async () => {
  const parts = fc.array(fc.tuple(gap, part), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(parts, gap, async (given, end) => {
      const { template, report, unknownFields } = await importForeign(
        world,
        frame(given.flat().join('') + end),
      )
      const lines = template.source.split('\n')
      const said = report.filter(({ isOfResult }) => isOfResult)
      for (const { line, tag, message } of said) {
        if (tag.startsWith('contact.')) expect(lines[line - 1]).toMatch(new RegExp(`${tag}\\b`))
        if (tag === '{{blocks}}') expect(lines[line - 1]).toContain(tag)
        if (/colour/.test(message)) expect(lines[line - 1]).toContain('colour')
      }
      expect(said.map(({ tag }) => tag)).toEqual(
        expect.arrayContaining(['{{blocks}}', ...unknownFields.map((field) => `contact.${field}`)]),
      )
    }),
    { numRuns: 60 },
  )
})

it('says so when its tags have become too long for a template', async () => {
  const { template, report } = await importForeign(world, frame(section('*|A|*'.repeat(59_000))))
  expect(template.source.length).toBeGreaterThan(300_000)
  expect(report).toContainEqual(
    expect.objectContaining({ severity: 'untranslated', message: expect.stringContaining('300,000') }),
  )
})

it('speaks of merge tags as their author does', async () => {
  const { report } = await importForeign(
    world,
    frame(section('a').replace('<mj-text', '<mj-text color="{{ contact.CITY }}"')),
  )
  expect(report.map(({ message }) => message).join('\n')).toContain('invalid value: {{…}}')
})
