import fc from 'fast-check'
import { slugOf } from '../../../src/issues/archive/slug-of.js'

const DAY = new Date('2026-03-02T09:00:00Z')

it.each([
  ['Spring issue', 'spring-issue'],
  ['  Café & Straße: “Łódź’s” news! ', 'cafe-strasse-lodzs-news'],
  ['Smørrebrød på Ærø', 'smorrebrod-pa-aero'],
  ['Ελληνικά νέα', 'ελληνικά-νέα'],
  ['हिन्दी समाचार', 'हिन्दी-समाचार'],
  ['../../etc/passwd?x=1#y', 'etc-passwd-x-1-y'],
  ['🎉 !!!', 'issue-2026-03-02'],
  ['', 'issue-2026-03-02'],
])('%s → %s', (title, slug) => {
  expect(slugOf(title, DAY)).toBe(slug)
})

it('is one part of an address for every title, and the same for what it gave', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
      const slug = slugOf(title, DAY)
      expect(slug).toMatch(/^[\p{L}\p{M}\p{N}-]+$/u)
      expect(slug).not.toMatch(/^-|-$|--/)
      expect([...slug].length).toBeLessThanOrEqual(80)
      expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug)
    }),
  )
})
