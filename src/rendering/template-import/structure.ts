import type { MarkupTag } from './read-tag.js'

const NO_TEXT = new Set([
  ...['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero', 'mj-navbar', 'mj-social'],
  ...['mj-head', 'mj-accordion'],
])

/** Follows the elements of MJML that are open, to know where it drops text. */
export type Structure = { see(name: string, tag: MarkupTag): void; holdsNoText(): boolean }

/** A structure with nothing open. */
export function createStructure(): Structure {
  const open: string[] = []
  const counts = new Map<string, number>()
  const count = (name: string, step: number) => counts.set(name, (counts.get(name) ?? 0) + step)
  return {
    see(name, { closing, selfClosing }) {
      if (!name.startsWith('mj') || selfClosing) return
      if (!closing) {
        open.push(name)
        count(name, 1)
      } else if (counts.get(name)) {
        let last = open.pop()
        for (; last !== undefined && last !== name; last = open.pop()) count(last, -1)
        count(name, -1)
      }
    },
    holdsNoText: () => NO_TEXT.has(open.at(-1) ?? ''),
  }
}
