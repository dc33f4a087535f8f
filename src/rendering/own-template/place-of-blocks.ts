import { BLOCKS_MASK } from './slots.js'

/** Where the blocks go in a masked template, or why they cannot go there. `around` is what stands before and after them in a mail that holds nothing else. */
export type PlaceOfBlocks =
  | { at: number; around: readonly [string, string]; message: null }
  | { at: number; around: null; message: string }

const NONE =
  'Nothing says where the blocks of an issue go: write {{blocks}} straight into mj-body, or into an mj-wrapper.'
const NONE_IN_HTML = 'Nothing says where the blocks of an issue go: write {{blocks}} there.'
const TWICE = 'The blocks of an issue go to one place: {{blocks}} stands here a second time.'
const WRONG = 'Blocks are sections: {{blocks}} stands straight in mj-body, or in an mj-wrapper.'
const WRONG_IN_HTML = 'Blocks cannot stand in a tag, a style, a comment or the head of a page.'
const TAG = /<(\/?)(mjml|mj-[a-z-]+)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(\/?)>/gi

/** Finds the one place for blocks in a masked template. */
export function placeOfBlocks(masked: string, format: 'mjml' | 'html'): PlaceOfBlocks {
  const [first, second] = [...masked.matchAll(BLOCKS_MASK)].map(({ index }) => index)
  if (first === undefined) return refuse(0, format === 'mjml' ? NONE : NONE_IN_HTML)
  if (second !== undefined) return refuse(second, TWICE)
  return format === 'mjml' ? placeInMjml(masked, first) : placeInHtml(masked, first)
}

function refuse(at: number, message: string): PlaceOfBlocks {
  return { at, around: null, message }
}

function placeInMjml(masked: string, at: number): PlaceOfBlocks {
  const visible = blank(masked, /<!--[\s\S]*?(?:-->|$)/g)
  const open: { name: string; tag: string }[] = []
  for (const match of visible.slice(0, at).matchAll(TAG)) {
    const [tag, closing, name = '', , empty] = match
    if (closing) open.pop()
    else if (!empty) open.push({ name: name.toLowerCase(), tag })
  }
  const names = open.map(({ name }) => name).join(' ')
  if (visible[at] === ' ' || isInTag(visible, at) || !/^mjml mj-body(?: mj-wrapper)?$/.test(names))
    return refuse(at, WRONG)
  const head = /<mj-head[\s>][\s\S]*?<\/mj-head\s*>/i.exec(visible)?.[0] ?? ''
  // What is different in every issue would only keep the pieces from being remembered.
  const plainHead = head.replace(/<mj-(preview|title)\b[^>]*>[\s\S]*?<\/mj-\1\s*>/gi, '')
  const [mjml, ...body] = open.map(({ tag }) => tag)
  const closing = open.map(({ name }) => `</${name}>`).toReversed()
  return { at, around: [`${mjml}${plainHead}${body.join('')}`, closing.join('')], message: null }
}

function placeInHtml(masked: string, at: number): PlaceOfBlocks {
  const visible = blank(masked, /<!--[\s\S]*?(?:-->|$)|<(style|title)\b[\s\S]*?(?:<\/\1|$)/gi)
  const before = visible.slice(0, at)
  const isInHead = /<\/head/i.test(visible.slice(at)) && !/<body/i.test(before)
  if (visible[at] === ' ' || isInTag(visible, at) || isInHead) return refuse(at, WRONG_IN_HTML)
  return { at, around: ['', ''], message: null }
}

function isInTag(text: string, at: number): boolean {
  return at > 0 && text.lastIndexOf('<', at - 1) > text.lastIndexOf('>', at - 1)
}

function blank(text: string, what: RegExp): string {
  return text.replace(what, (hidden) => hidden.replace(/[^\n]/g, ' '))
}
