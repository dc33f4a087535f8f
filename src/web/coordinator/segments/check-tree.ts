import { domainKey } from '../../../audience/segments/matches-standing.js'
import { Condition, type Group, type Part, SegmentTree } from '../../../audience/segments/segment-tree.js'
import type { Offered } from './offered.js'
import { isRoughGroup, type RoughGroup, type RoughRow } from './rough-tree.js'
import { TESTS } from './subjects.js'

/** A segment, or what is wrong with each part of its form, by path. */
export type CheckedTree = { tree: Group } | { errors: Record<string, string> }

/** Reads a form's tree as a segment. */
export function checkTree(rough: RoughGroup, offered: Offered): CheckedTree {
  const errors: Record<string, string> = {}
  const read = (group: RoughGroup): Group => {
    if (group.parts.length === 0) errors[group.path] ??= 'Add a condition, or remove the group.'
    return {
      match: group.match,
      parts: group.parts.flatMap((part): Part[] => {
        if (isRoughGroup(part)) return [read(part)]
        const condition = checkRow(part, offered)
        if ('problem' in condition) errors[part.path] = condition.problem
        return 'problem' in condition ? [] : [condition]
      }),
    }
  }
  const tree = read(rough)
  if (Object.keys(errors).length > 0) return { errors }
  const whole = SegmentTree.safeParse(tree)
  if (whole.success) return { tree: whole.data }
  return { errors: { [rough.path]: whole.error.issues[0]?.message ?? 'This cannot be saved.' } }
}

function checkRow(row: RoughRow, offered: Offered): Condition | { problem: string } {
  const kind = offered.kindOf(row.subject)
  if (!kind) return { problem: 'Choose what this is about.' }
  const tests = TESTS[kind]
  const test = tests.find(({ value }) => value === row.test) ?? tests[0]
  if (!test) return { problem: 'Choose what this is about.' }
  const value = kind === 'domain' ? domainKey(row.value) : row.value.trim()
  const read = Condition.safeParse({
    about: test.about,
    test: test.value,
    key: row.subject.replace(/^field:/, ''),
    value,
    values: row.values.filter(Boolean),
    days: value === '' ? undefined : value,
    count: row.count.trim() === '' ? undefined : row.count,
    last: row.last.trim() === '' ? undefined : row.last,
    listId: value,
    issueId: value,
  })
  return read.success ? read.data : { problem: read.error.issues[0]?.message ?? 'Finish this condition.' }
}
