import type { OwnTemplate } from './own-template.js'
import { placeOfBlocks } from './place-of-blocks.js'
import { BLOCKS_MASK, BLOCKS_SLOT, maskSlots } from './slots.js'

const TAG = /<(\/?)(mj-[a-z-]+)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(\/?)>/gi
const SLOT = `{{${BLOCKS_SLOT}}}`

/**
 * Gives a template that has no place for blocks one: before the last part of its body, which is its footer more often than not, or at the
 * end of a page of HTML. `line` is where it stands now; null when there was one already.
 */
export function givePlaceForBlocks(template: OwnTemplate): { template: OwnTemplate; line: number | null } {
  const { format, source } = template
  if (maskSlots(source).search(BLOCKS_MASK) >= 0) return { template, line: null }
  const at = format === 'mjml' ? placeInMjml(source) : placeInHtml(source)
  if (at === null) return { template, line: null }
  // On a line of its own, unless that would cut one in two: what a report says of lines stays easy to follow.
  const indent = /(?:^|\n)([ \t]*)$/.exec(source.slice(0, at))?.[1] ?? null
  const slot = indent === null ? SLOT : `${SLOT}\n${indent}`
  const given = { format, source: `${source.slice(0, at)}${slot}${source.slice(at)}` }
  // Where comments hide the ends of tags, a place that looks right may be none.
  if (placeOfBlocks(maskSlots(given.source), format).message !== null) return { template, line: null }
  return { template: given, line: source.slice(0, at).split('\n').length }
}

function placeInMjml(source: string): number | null {
  const visible = source.replace(/<!--[\s\S]*?(?:-->|$)/g, (hidden) => ' '.repeat(hidden.length))
  const body = /<mj-body(?:"[^"]*"|'[^']*'|[^<>"'])*>/i.exec(visible)
  const end = visible.toLowerCase().lastIndexOf('</mj-body')
  if (!body || end < 0) return null
  const start = body.index + body[0].length
  const parts: number[] = []
  let depth = 0
  for (const { 0: tag, 1: closing, 4: empty, index } of visible.slice(start, end).matchAll(TAG)) {
    if (!closing && depth === 0 && !/^<mj-raw/i.test(tag)) parts.push(start + index)
    if (!empty) depth += closing ? -1 : 1
  }
  return parts.length > 1 ? (parts.at(-1) ?? end) : end
}

function placeInHtml(source: string): number {
  const end = source.toLowerCase().lastIndexOf('</body')
  return end < 0 ? source.length : end
}
