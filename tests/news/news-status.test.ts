import { NEWS_MOVES, type NewsStatus, newsStatesBefore } from '../../src/news/news-status.js'

const ALLOWED = ['proposed > accepted', 'proposed > rejected', 'accepted > proposed', 'rejected > proposed']
const states = Object.keys(NEWS_MOVES) as NewsStatus[]
const pairs = states.flatMap((from) => states.map((to) => ({ from, to })))

it.each(pairs)('$from to $to', ({ from, to }) => {
  const allowed = ALLOWED.includes(`${from} > ${to}`)
  expect(NEWS_MOVES[from].includes(to)).toBe(allowed)
  expect(newsStatesBefore(to).includes(from)).toBe(allowed)
})
