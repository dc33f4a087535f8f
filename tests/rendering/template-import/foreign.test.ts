import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { projectRoot } from '../../../src/project-root.js'
import { mergeFieldNames } from '../../../src/rendering/compile-edition.js'
import { checkTemplate } from '../../../src/rendering/own-template/check-template.js'
import { givePlaceForBlocks } from '../../../src/rendering/own-template/give-place.js'
import { refusedMarkup } from '../../../src/rendering/own-template/refused-markup.js'
import { checkImported } from '../../../src/rendering/template-import/check-imported.js'
import { importTemplate } from '../../../src/rendering/template-import/import-template.js'
import type { ImportedTemplate } from '../../../src/rendering/template-import/imported-template.js'

const folder = join(projectRoot, 'tests/rendering/template-import/foreign')
const files = readdirSync(folder)
const expected = JSON.parse(readFileSync(`${folder}.json`, 'utf8')) as Record<string, unknown>
const sourceOf = (file: string) => readFileSync(join(folder, file), 'utf8')
const textOf = (imported: ImportedTemplate) => (imported.format === 'mjml' ? imported.mjml : imported.html)

/** What every import owes: places that are in the source, a result that stays as it is, nothing in it that is refused. */
function checkPromises(source: string): ImportedTemplate {
  const imported = importTemplate(source)
  const lines = source.split('\n')
  for (const { line, column } of imported.report) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1)
  }
  const text = textOf(imported)
  expect(textOf(importTemplate(text))).toBe(text)
  expect(refusedMarkup({ format: imported.format, source: text })).toEqual([])
  return imported
}

// Written for this test in the manner of many services and builders, among them such whose tags nobody translates.
it.each(files)('says honestly what becomes of %s', (file) => {
  const { dialect, fields, report } = checkPromises(sourceOf(file))
  const tagsOf = (wanted: string) =>
    report.filter(({ severity, tag }) => severity === wanted && tag !== '').map(({ tag }) => tag)
  const said = { dialect, fields, untranslated: tagsOf('untranslated'), removed: tagsOf('removed') }
  expect(said).toEqual(expected[file])
})

it.each(files)('makes a template of %s, or says what has to be mended first', async (file) => {
  const imported = importTemplate(sourceOf(file))
  const { problems } = await checkImported(imported)
  const { template, line } = givePlaceForBlocks({ format: imported.format, source: textOf(imported) })
  const checked = await checkTemplate(template, mergeFieldNames(imported.fields))
  expect([file, checked.isUsable]).toEqual([file, file !== 'broken.mjml'])
  if (checked.isUsable) expect(template.source.split('\n')[(line ?? 0) - 1]).toContain('{{blocks}}')
  else expect(problems.filter(({ severity }) => severity === 'untranslated').length).toBeGreaterThan(0)
})

it('does not take prose for tags', () => {
  const prose =
    '<p>From 20% to 100% OFF: sizes [S] and [M], note [1], A & B {really}, C# and @you, #5 and 3 < 4 > 2.</p><a href="https://example.org/a%20b%C3%A4?x=[1]#top">{{ links.UNSUBSCRIBE }}</a>'
  expect(importTemplate(prose).report).toEqual([])
})

describe('mangled templates', () => {
  // MJML talks about tags that it does not know.
  beforeAll(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined))
  afterAll(() => jest.restoreAllMocks())
  const pieces = [
    ...[
      '<mjml>',
      '</mj-body>',
      '<mj-section',
      '<!--',
      '-->',
      '<![endif]-->',
      '<style>',
      '</style>',
      '"',
      "'",
      '<',
      '>',
    ],
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '*|',
      '|*',
      '<<',
      '[[',
      '&lt;&lt;',
      '&#123;',
      '%7B%7B',
      '{{blocks}}',
      '{{base}}',
      '<<#if contact.A>>',
    ],
    ...[
      '<script>',
      '<svg>',
      'onload=',
      'href="javascript:',
      '\0',
      '\ue000',
      '\ud800',
      '\u2028',
      '<mj-raw>',
      '<![CDATA[',
    ],
  ]
  const edit = fc.record({
    at: fc.nat(6000),
    cut: fc.nat(60),
    put: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })),
  })
  const mangled = fc
    .tuple(fc.constantFrom(...files), fc.array(edit, { maxLength: 8 }), fc.nat(6000), fc.boolean())
    .map(([file, edits, end, isCut]) => {
      let text = sourceOf(file)
      for (const { at, cut, put } of edits) {
        const from = at % (text.length + 1)
        text = text.slice(0, from) + put + text.slice(from + cut)
      }
      return isCut ? text.slice(0, end % (text.length + 1)) : text
    })

  it('keep every promise', () => {
    fc.assert(
      fc.property(mangled, (source) => void checkPromises(source)),
      { numRuns: 300 },
    )
  })

  it('never bring down what checks and shows them', async () => {
    await fc.assert(
      fc.asyncProperty(mangled, async (source) => {
        const imported = importTemplate(source)
        await checkImported(imported)
        const { template } = givePlaceForBlocks({ format: imported.format, source: textOf(imported) })
        const { problems, isUsable } = await checkTemplate(template, mergeFieldNames(imported.fields))
        const lines = template.source.split('\n').length
        for (const { line } of problems) expect(line ?? 1).toBeLessThanOrEqual(lines + 1)
        if (!isUsable) expect(problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 80 },
    )
  })
})
