import type { Meaning, Test } from './meaning.js'

/** What becomes of the tags of conditions and loops, by their number: our words, nothing, or `null`: kept as they are. */
export type Resolved = Map<number, string | null>

type Part = { index: number; tests: Test[] | null | 'else' }
type Frame = { family: string; group: string; parts: Part[]; isDropped: boolean }

/** Pairs the beginnings and ends of conditions over a whole template; a condition is translated with all its tags or not at all. */
export function resolveConditions(meanings: readonly Meaning[]): Resolved {
  const resolved: Resolved = new Map()
  const open: Frame[] = []
  const counts = new Map<string, number>()
  const count = (family: string, step: number) => counts.set(family, (counts.get(family) ?? 0) + step)
  const push = (frame: Frame) => {
    open.push(frame)
    count(frame.family, 1)
  }
  for (const [index, meaning] of meanings.entries()) {
    if (meaning.kind === 'if')
      push({ ...meaning, parts: [{ index, tests: meaning.tests }], isDropped: false })
    else if (meaning.kind === 'dropped' && meaning.opens)
      push({ family: meaning.opens, group: 'stars', parts: [{ index, tests: null }], isDropped: true })
    else if (meaning.kind === 'elif' || meaning.kind === 'else') {
      const part: Part = { index, tests: meaning.kind === 'else' ? 'else' : meaning.tests }
      if (!addPart(open.at(-1), meaning.group, part)) resolved.set(index, null)
    } else if (meaning.kind === 'end') {
      if (!counts.get(meaning.family)) resolved.set(index, null)
      else closeFrame({ open, resolved, count }, meaning.family, index)
    }
  }
  for (const frame of open) keep(frame, resolved)
  return resolved
}

function addPart(frame: Frame | undefined, group: string, part: Part): boolean {
  if (frame?.group !== group || frame.parts.at(-1)?.tests === 'else') return false
  frame.parts.push(part)
  return true
}

type State = { open: Frame[]; resolved: Resolved; count: (family: string, step: number) => void }

/** Closes the innermost frame of a family; frames left open inside it stay as they were written. */
function closeFrame({ open, resolved, count }: State, family: string, end: number): void {
  for (let frame = open.pop(); frame; frame = open.pop()) {
    count(frame.family, -1)
    if (frame.family !== family) {
      keep(frame, resolved)
      continue
    }
    const words = frame.isDropped ? dropped(frame) : express(frame.parts)
    for (const [number, { index }] of frame.parts.entries()) resolved.set(index, words?.[number] ?? null)
    resolved.set(end, words?.at(-1) ?? null)
    return
  }
}

function keep({ parts }: Frame, resolved: Resolved): void {
  for (const { index } of parts) resolved.set(index, null)
}

function dropped({ parts }: Frame): string[] | null {
  return parts.length === 1 ? ['', ''] : null
}

const END = '<</if>>'

/** The words for each part of a condition and for its end; null when our language has none. */
function express(parts: readonly Part[]): string[] | null {
  const words: string[] = []
  let between = ''
  let ends = ''
  for (const [number, { tests }] of parts.entries()) {
    if (tests === 'else') {
      words.push(between)
      continue
    }
    const [first] = tests ?? []
    const isLast = number === parts.length - 1
    if (!tests || !first || (tests.length > 1 && !isLast)) return null
    words.push(between + tests.map(opening).join(''))
    ends += END.repeat(tests.length)
    // What follows a negated test is read when its field has a value.
    between = first.holds ? '<<else>>' : `${END}<<#if ${first.field}>>`
  }
  return [...words, ends]
}

function opening({ field, holds }: Test): string {
  return holds ? `<<#if ${field}>>` : `<<#if ${field}>><<else>>`
}
