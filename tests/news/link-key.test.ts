import fc from 'fast-check'
import { linkKey } from '../../src/news/link-key.js'

it.each([
  ['https://www.Example.org/a/?utm_source=x&utm_medium=y#top', 'example.org/a'],
  ['http://example.org/a', 'example.org/a'],
  ['https://example.org:443/a/', 'example.org/a'],
  ['https://example.org/a?b=2&a=1&fbclid=x&mc_eid=1', 'example.org/a?a=1&b=2'],
  ['https://example.org/', 'example.org'],
  ['https://example.org/A', 'example.org/A'],
  ['https://example.org/?p=12', 'example.org?p=12'],
  ['mailto:a@example.org', ''],
  ['javascript:alert(1)', ''],
  ['', ''],
  ['not a link', ''],
])('of %s is %s', (link, key) => {
  expect(linkKey(link)).toBe(key)
})

const parameter = fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z0-9]{0,5}$/))
const tracking = fc.tuple(fc.constantFrom('utm_source', 'utm_campaign', 'gclid', 'mc_cid'), fc.string())

it('is the same with tracking, in any order, with or without www, https, a closing slash or a fragment', () => {
  fc.assert(
    fc.property(
      fc.webPath(),
      fc.uniqueArray(parameter, { selector: ([name]) => name }),
      fc.array(tracking),
      fc.boolean(),
      (path, own, extra, isPlain) => {
        const query = (pairs: [string, string][]) => new URLSearchParams(pairs).toString()
        const bare = path.replace(/\/+$/, '')
        const one = `https://example.org${bare}?${query(own)}`
        const other = `${isPlain ? 'http' : 'https'}://www.example.org${bare}/?${query([...extra, ...own].reverse())}#x`
        expect(linkKey(other)).toBe(linkKey(one))
      },
    ),
  )
})

it('never fails, and is its own key', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true })),
      (link) => {
        const key = linkKey(link)
        if (key) expect(linkKey(`https://${key}`)).toBe(key)
      },
    ),
  )
})
