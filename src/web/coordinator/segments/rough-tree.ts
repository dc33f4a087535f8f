import { type Condition, type Group, isGroup, type Part } from '../../../audience/segments/segment-tree.js'

/** A condition as a form holds it: perhaps unfinished, and all of it text. `subject` is `field:KEY` or a fixed one; '' not chosen yet. */
export type RoughRow = {
  path: string
  subject: string
  test: string
  value: string
  values: readonly string[]
  count: string
  last: string
}
export type RoughGroup = { path: string; match: 'all' | 'any'; parts: RoughPart[] }
export type RoughPart = RoughRow | RoughGroup

const ROOT = '0'
const PATH = /^0(-\d{1,3}){0,3}$/
/** More than any segment may have; what a form sends beyond that is not read. */
const MOST_PARTS = 120
const LONGEST = 600

/** Whether a part of a form is a group. */
export function isRoughGroup(part: RoughPart): part is RoughGroup {
  return 'parts' in part
}

/** A form with one condition that is still to be chosen. */
export function newTree(): RoughGroup {
  return numbered({ path: ROOT, match: 'all', parts: [newRow()] })
}

/** What a form sends: for each part `t:PATH` says `group` or `row`, and the other names carry what it holds. */
export function readTree(body: Readonly<Record<string, unknown>>): RoughGroup {
  const paths = Object.keys(body)
    .filter((name) => name.startsWith('t:'))
    .map((name) => name.slice(2))
    .filter((path) => PATH.test(path))
    .slice(0, MOST_PARTS)
    .sort(inOrder)
  const said = (name: string) => String([body[name]].flat()[0] ?? '').slice(0, LONGEST)
  const groups = new Map<string, RoughGroup>()
  for (const path of [ROOT, ...paths.filter((one) => one !== ROOT)]) {
    const parent = groups.get(path.slice(0, path.lastIndexOf('-')))
    if (path !== ROOT && !parent) continue
    if (path === ROOT || said(`t:${path}`) === 'group') {
      const group: RoughGroup = { path, match: said(`m:${path}`) === 'any' ? 'any' : 'all', parts: [] }
      groups.set(path, group)
      parent?.parts.push(group)
      continue
    }
    const values = [body[`v:${path}`]]
      .flat()
      .filter((value) => value !== undefined)
      .map((value) => String(value).slice(0, LONGEST))
    parent?.parts.push({
      path,
      subject: said(`s:${path}`),
      test: said(`o:${path}`),
      value: values[0] ?? '',
      values,
      count: said(`c:${path}`),
      last: said(`l:${path}`),
    })
  }
  return numbered(groups.get(ROOT) as RoughGroup)
}

/** A saved segment as its form shows it. */
export function roughTree(tree: Group): RoughGroup {
  const rough = (part: Part): RoughPart =>
    isGroup(part) ? { path: '', match: part.match, parts: part.parts.map(rough) } : roughRow(part)
  return numbered(rough(tree) as RoughGroup)
}

/** Adds a row or a group to a group, or removes a part; what names nothing changes nothing. */
export function changeTree(tree: RoughGroup, action: string): RoughGroup {
  const [verb, path = ''] = action.split(':')
  const changed = (group: RoughGroup): RoughGroup => {
    const parts = group.parts
      .filter((part) => !(verb === 'remove' && part.path === path))
      .map((part) => (isRoughGroup(part) ? changed(part) : part))
    if (group.path !== path) return { ...group, parts }
    if (verb === 'row') return { ...group, parts: [...parts, newRow()] }
    if (verb === 'group')
      return { ...group, parts: [...parts, { path: '', match: 'any', parts: [newRow()] }] }
    return { ...group, parts }
  }
  return numbered(changed(tree))
}

function newRow(): RoughRow {
  return { path: '', subject: '', test: '', value: '', values: [], count: '1', last: '5' }
}

function roughRow(condition: Condition): RoughRow {
  const row = newRow()
  const values = valuesOf(condition)
  return {
    ...row,
    subject: 'key' in condition ? `field:${condition.key}` : condition.about.replace(/-(known|days)$/, ''),
    test: condition.test,
    value: values[0] ?? '',
    values,
    ...('count' in condition ? { count: String(condition.count) } : {}),
    ...('last' in condition ? { last: String(condition.last) } : {}),
  }
}

function valuesOf(condition: Condition): string[] {
  if ('values' in condition) return condition.values
  if ('value' in condition) return [condition.value]
  if ('days' in condition) return [String(condition.days)]
  if ('listId' in condition) return [condition.listId]
  return 'issueId' in condition ? [condition.issueId] : []
}

// Paths without gaps, so that those of a form are the places of the tree.
function numbered(group: RoughGroup, path = ROOT): RoughGroup {
  const parts = group.parts.map((part, at) => {
    const own = `${path}-${at}`
    return isRoughGroup(part) ? numbered(part, own) : { ...part, path: own }
  })
  return { ...group, path, parts }
}

function inOrder(a: string, b: string): number {
  const [x, y] = [a.split('-').map(Number), b.split('-').map(Number)]
  for (let at = 0; at < Math.max(x.length, y.length); at++) {
    const difference = (x[at] ?? -1) - (y[at] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}
