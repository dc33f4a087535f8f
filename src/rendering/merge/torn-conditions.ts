import type { Mark, Reading } from './marks.js'
import type { MergeError } from './parse-merge.js'

type Condition = Extract<Mark, { kind: 'if' | 'else' | 'end' }>
type Frame = { condition: Condition | null; tags: string[] }

const EMPTY_TAGS = new Set(['br', 'img', 'hr'])
const BLOCKS = new Set(['p', 'ul', 'ol', 'li', 'blockquote'])

/**
 * The conditions of a sanitised rich text that would tear it: they begin inside an element that ends before they do, or
 * the other way round, or lost one of their tags. Each is reported once, at the place where it begins.
 */
export function tornConditions(html: string, reading: Reading): MergeError[] {
  const errors = new Map<string, MergeError>()
  const report = (condition: Condition | null, tag: string) => {
    if (!condition) return
    const { line, column } = condition
    const message = BLOCKS.has(tag) ? TORN_PARAGRAPH : TORN_FORMATTING
    if (!errors.has(`${line}:${column}`)) errors.set(`${line}:${column}`, { message, line, column })
  }
  const stack: Frame[] = [{ condition: null, tags: [] }]
  const top = () => stack.at(-1) ?? { condition: null, tags: [] }
  for (const token of html.matchAll(new RegExp(`${reading.word}|<(/?)([a-z][a-z0-9]*)[^>]*>`, 'gi'))) {
    const [whole, number, closing, name = ''] = token
    const tag = name.toLowerCase()
    if (number === undefined) {
      for (const lost of unbalanced(whole, reading)) report(lost, tag)
      if (EMPTY_TAGS.has(tag)) continue
      if (!closing) top().tags.push(tag)
      else if (top().tags.pop() !== tag) report(top().condition, tag)
      continue
    }
    const mark = reading.markAt(number)
    if (!mark || mark.kind === 'field') continue
    if (mark.kind === 'if') {
      stack.push({ condition: mark, tags: [] })
      continue
    }
    for (const left of top().tags.slice(0, 1)) report(mark, left)
    top().tags = []
    if (!top().condition) report(mark, '')
    else if (mark.kind === 'end') stack.pop()
  }
  for (const frame of stack) report(frame.condition, 'p')
  return [...errors.values()]
}

const TORN_PARAGRAPH =
  'This condition begins in one paragraph and ends in another: keep <<#if …>> and <</if>> in the same one, or give each a paragraph of its own.'
const TORN_FORMATTING =
  'This condition begins inside bold text, a link or the like and ends outside of it: put both of its tags inside, or both outside.'

/** The conditions in a tag's attributes that do not begin and end there. */
function unbalanced(tag: string, { word, markAt }: Reading): Condition[] {
  const open: Condition[] = []
  const lost: Condition[] = []
  for (const [, number] of tag.matchAll(new RegExp(word, 'g'))) {
    const mark = markAt(number)
    if (!mark || mark.kind === 'field') continue
    if (mark.kind === 'if') open.push(mark)
    else if (open.length === 0) lost.push(mark)
    else if (mark.kind === 'end') open.pop()
  }
  return [...lost, ...open]
}
