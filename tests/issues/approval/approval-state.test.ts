import * as fc from 'fast-check'
import {
  APPROVAL_STEPS,
  type ApprovalState,
  type ApprovalStep,
  approvalState,
} from '../../../src/issues/approval/approval-state.js'

const ALLOWED = [
  'open > submitted',
  'waiting > withdrawn',
  'waiting > approved',
  'waiting > asked',
  'asked > submitted',
  'asked > approved',
  'changed > submitted',
  'approved > asked',
]
const STEPS: ApprovalStep[] = ['submitted', 'withdrawn', 'approved', 'asked']
const states = Object.keys(APPROVAL_STEPS) as ApprovalState[]
const pairs = states.flatMap((state) => STEPS.map((step) => ({ state, step })))

it.each(pairs)('$step while $state', ({ state, step }) => {
  expect(APPROVAL_STEPS[state].includes(step)).toBe(ALLOWED.includes(`${state} > ${step}`))
})

const word = (step: ApprovalStep, content_hash: string) => ({ step, content_hash })

describe('the state of an issue', () => {
  it.each([
    ['open', []],
    ['waiting', [word('submitted', 'a')]],
    ['open', [word('submitted', 'a'), word('withdrawn', 'a')]],
    ['approved', [word('submitted', 'a'), word('approved', 'a')]],
    ['asked', [word('submitted', 'a'), word('asked', 'a')]],
    ['asked', [word('submitted', 'a'), word('approved', 'a'), word('asked', 'a')]],
    ['changed', [word('submitted', 'b')]],
    ['changed', [word('submitted', 'b'), word('approved', 'b')]],
    ['open', [word('submitted', 'b'), word('withdrawn', 'b')]],
    ['approved', [word('submitted', 'a'), word('approved', 'a'), word('submitted', 'b'), word('asked', 'b')]],
  ] as const)('is %s after %j', (state, words) => {
    expect(approvalState(words, 'a')).toBe(state)
  })

  const words = fc.array(
    fc.record({ step: fc.constantFrom(...STEPS), content_hash: fc.constantFrom('a', 'b', 'c') }),
  )

  it('is approved only when the last word about this very content approved it', () => {
    fc.assert(
      fc.property(words, (said) => {
        const last = said.filter(({ content_hash }) => content_hash === 'a').at(-1)
        expect(approvalState(said, 'a') === 'approved').toBe(last?.step === 'approved')
      }),
    )
  })

  it('comes back with the content, whatever was said of other contents meanwhile', () => {
    fc.assert(
      fc.property(words, words, (before, meanwhile) => {
        const others = meanwhile.filter(({ content_hash }) => content_hash !== 'a')
        const about = before.some(({ content_hash }) => content_hash === 'a')
        if (about) expect(approvalState([...before, ...others], 'a')).toBe(approvalState(before, 'a'))
      }),
    )
  })
})
