import type { Report } from './imported-template.js'
import { createNextIndex } from './next-index.js'

const FONT = /@font-face\s{0,100}\{[^{}<]{0,5000}\}/gi
const RUNS = /expression\s{0,20}\(|(?:java|vb)script\s{0,20}:|-moz-binding|\bbehavior\s{0,20}:/i
const TAG = /<!\[CDATA\[|\]\]>|<(?=[/a-z?])|<!(?!--)/gi
// The address of a sheet may hold semicolons, as those of fonts do.
const IMPORT =
  /@import\s{0,100}(?:url\(\s{0,100}(?:"[^"\n<]{0,2000}"|'[^'\n<]{0,2000}'|[^)"'\n<]{0,2000})\s{0,100}\)|"[^"\n<]{0,2000}"|'[^'\n<]{0,2000}')?/iy

/** Style rules without fonts and sheets from elsewhere and without anything that ends the style early; the rest stays as it is. */
export function cleanStyle({ at, text }: { at: number; text: string }, report: Report): string {
  if (RUNS.test(text)) {
    report('removed', at, '<style>', 'Styles that run a script are not allowed: these rules are gone.')
    return ''
  }
  const cuts = [...importsIn(text), ...matchesIn(text, FONT, ELSEWHERE), ...matchesIn(text, TAG, NO_TAGS)]
  const kept: string[] = []
  let from = 0
  for (const { start, end, message } of cuts.sort((one, other) => one.start - other.start)) {
    if (start < from) continue
    report('removed', at + start, text.slice(start, Math.min(end, start + 200)), message)
    kept.push(text.slice(from, start))
    from = end
  }
  return kept.join('') + text.slice(from)
}

const ELSEWHERE = 'Fonts and style sheets from elsewhere are not allowed.'
const NO_TAGS = 'Tags cannot stand among style rules.'

type Cut = { start: number; end: number; message: string }

function matchesIn(text: string, what: RegExp, message: string): Cut[] {
  return [...text.matchAll(what)].map(({ 0: { length }, index }) => {
    return { start: index, end: index + length, message }
  })
}

function importsIn(text: string): Cut[] {
  const next = createNextIndex(text, /@import\b/)
  const ending = createNextIndex(text, /[;{}<]/)
  const cuts: Cut[] = []
  for (let start = next(0); start < text.length; start = next(cuts.at(-1)?.end ?? text.length)) {
    IMPORT.lastIndex = start
    const stop = Math.min(ending(start + (IMPORT.exec(text)?.[0].length ?? 0)), text.length)
    cuts.push({ start, end: text[stop] === ';' ? stop + 1 : stop, message: ELSEWHERE })
  }
  return cuts
}
