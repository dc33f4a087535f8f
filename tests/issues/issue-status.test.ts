import { ISSUE_MOVES, type IssueStatus, issueStatesBefore } from '../../src/issues/issue-status.js'

const ALLOWED = [
  'draft > scheduled',
  'scheduled > draft',
  'scheduled > sending',
  'scheduled > cancelled',
  'sending > paused',
  'sending > sent',
  'sending > cancelled',
  'paused > sending',
  'paused > cancelled',
  'sent > sending',
]
const states = Object.keys(ISSUE_MOVES) as IssueStatus[]
const pairs = states.flatMap((from) => states.map((to) => ({ from, to })))

it.each(pairs)('$from to $to', ({ from, to }) => {
  const allowed = ALLOWED.includes(`${from} > ${to}`)
  expect(ISSUE_MOVES[from].includes(to)).toBe(allowed)
  expect(issueStatesBefore(to).includes(from)).toBe(allowed)
})
