import { unclosedTag } from '../../src/rendering/mjml-to-html.js'

it.each([
  ['<mj-body>\n<!-- <mj-section> -->\n</mj-body>', null],
  ['<mj-body>\n<!-- </mj-body> -->\n</mj-body>', null],
  ['<mj-body>\n<mj-section>\n</mj-body>', 3],
  ['<!-- two\nlines --><mj-body>', 2],
  // A comment without an end, or one that is short, hides nothing.
  ['<!-- \n<mj-body>', 2],
  ['<!-->\n<mj-body>-->', 2],
])('finds the tag that is left open in %j', (mjml, line) => {
  expect(unclosedTag(mjml)?.line ?? null).toBe(line)
})

it('reads many tags in time', () => {
  const before = process.cpuUsage()
  unclosedTag('<mj-text></mj-text>\n'.repeat(15_000))
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000)
})
