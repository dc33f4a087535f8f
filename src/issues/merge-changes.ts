import { createHash } from 'node:crypto'
import { ConflictError } from '../errors.js'
import { canonical } from './canonical.js'

type Content = Readonly<Record<string, unknown>>

/** What a form was made from, short enough to travel with it: every longer text is its digest. */
export type Base = Content

/**
 * Two people have changed the same fields since one of them opened the form. `theirs` holds what is saved in them, by the field's path, and
 * `current` all that is saved; `merged` is what the form would save if its own words were to stand; with `base` it would.
 */
export class ClashError extends ConflictError {
  override name = 'ClashError'
  readonly theirs: Content
  readonly current: Content
  readonly base: Base
  readonly merged: Content

  constructor({ theirs, current, base, merged }: Pick<ClashError, 'theirs' | 'current' | 'base' | 'merged'>) {
    super('Somebody else has changed the same words. Theirs stand below yours: press Save to keep yours.')
    this.theirs = theirs
    this.current = current
    this.base = base
    this.merged = merged
  }
}

/** What a form made from this content has to send along, so that `mergeChanges` can tell what was changed in it. */
export function baseOf(content: Content): Base {
  return imprint(content) as Base
}

/**
 * What a content is after the changes that a form made to its base: fields that the form left as they were stay as they are now, added and
 * removed items of a list are added and removed. Throws `ClashError` when a field was changed on both sides to something else.
 */
export function mergeChanges({
  base,
  mine,
  current,
}: {
  base: Base
  mine: Content
  current: Content
}): Content {
  const theirs: Record<string, unknown> = {}
  const { merged, base: after } = mergeFields('', { base, mine, current }, theirs)
  if (Object.keys(theirs).length > 0)
    throw new ClashError({ theirs, current, base: after as Base, merged: merged as Content })
  return merged as Content
}

type Three = { base: unknown; mine: unknown; current: unknown }
type Merged = { merged: unknown; base: unknown }

function mergeFields(
  path: string,
  { base, mine, current }: { base: Base; mine: Content; current: Content },
  theirs: Record<string, unknown>,
): Merged {
  const names = [...new Set([...Object.keys(current), ...Object.keys(mine)])]
  const parts = names.map((name) => {
    const three = { base: base[name], mine: mine[name], current: current[name] }
    return [name, mergeValue(path + name, three, theirs)] as const
  })
  return {
    merged: Object.fromEntries(parts.map(([name, part]) => [name, part.merged])),
    base: Object.fromEntries(parts.map(([name, part]) => [name, part.base])),
  }
}

function mergeValue(path: string, three: Three, theirs: Record<string, unknown>): Merged {
  const { base, mine, current } = three
  if (mine === undefined || isSame(mine, base)) return { merged: current, base }
  if (isSame(current, base) || isSame(mine, current)) return { merged: mine, base }
  const items = mergeItems(three)
  if (items) return { merged: items, base }
  if (isRows(three)) {
    const rows = three.mine.map((row, index) => {
      const parts = { base: three.base[index] ?? {}, mine: row, current: three.current[index] ?? {} }
      return mergeFields(`${path}.${index}.`, parts, theirs)
    })
    return { merged: rows.map(({ merged }) => merged), base: rows.map((row) => row.base) }
  }
  theirs[path] = current
  return { merged: mine, base: imprint(current) }
}

// Items that one side has put into another order stand in that one, when the other side only added and took out.
function mergeItems({ base, mine, current }: Three): string[] | null {
  if (!isItems(base) || !isItems(mine) || !isItems(current)) return null
  if (keepsOrder(base, mine)) return withChanges(base, mine, current)
  return keepsOrder(base, current) ? withChanges(base, current, mine) : null
}

function withChanges(
  base: readonly string[],
  changed: readonly string[],
  other: readonly string[],
): string[] {
  const added = changed.filter((item) => !base.includes(item) && !other.includes(item))
  return [...other.filter((item) => changed.includes(item) || !base.includes(item)), ...added]
}

function keepsOrder(base: readonly string[], changed: readonly string[]): boolean {
  const stayed = base.filter((item) => changed.includes(item))
  return changed.filter((item) => base.includes(item)).every((item, index) => item === stayed[index])
}

function isItems(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

type Rows = { base: Content[]; mine: Content[]; current: Content[] }

// With a row more or less, nobody knows which one is which.
function isRows(three: Three): three is Three & Rows {
  const all = [three.base, three.mine, three.current]
  return all.every((rows) => isArrayOfObjects(rows) && rows.length === (three.mine as unknown[]).length)
}

function isArrayOfObjects(value: unknown): value is Content[] {
  return Array.isArray(value) && value.every((row) => row !== null && typeof row === 'object')
}

function isSame(value: unknown, other: unknown): boolean {
  return canonical(imprint(value)) === canonical(imprint(other))
}

const SHORT = 64

// Browsers end lines in two ways. An imprint of an imprint is itself.
function imprint(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.replace(/\r\n?/g, '\n')
    if (text.length <= SHORT) return text
    return { digest: createHash('sha256').update(text).digest('base64url') }
  }
  if (Array.isArray(value)) return value.map(imprint)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, imprint(part)]))
}
