import type { Report } from './imported-template.js'
import { createNextIndex } from './next-index.js'

const FONT = /@font-face\s{0,100}\{[^{}<]{0,5000}\}/gi
const RUNS = /expression\s{0,20}\(|(?:java|vb)script\s{0,20}:|-moz-binding|\bbehavior\s{0,20}:/i
const TAG = /<(?=[/a-z?])|<!(?!--)/gi

/** Style rules without fonts and sheets from elsewhere and without anything that ends the style early; the rest stays as it is. */
export function cleanStyle({ at, text }: { at: number; text: string }, report: Report): string {
  if (RUNS.test(text)) {
    report('removed', at, '<style>', 'Styles that run a script are not allowed: these rules are gone.')
    return ''
  }
  return withoutImports({ at, text }, report)
    .replace(FONT, (rule, offset: number) => {
      report('removed', at + offset, rule, ELSEWHERE)
      return ''
    })
    .replace(TAG, (found) => {
      report('removed', at, found, 'Tags cannot stand among style rules.')
      return ''
    })
}

const ELSEWHERE = 'Fonts and style sheets from elsewhere are not allowed.'

function withoutImports({ at, text }: { at: number; text: string }, report: Report): string {
  const next = createNextIndex(text, /@import\b/)
  const ending = createNextIndex(text, /[;{}<]/)
  const kept: string[] = []
  let from = 0
  for (let found = next(0); found < text.length; found = next(from)) {
    const end = Math.min(ending(found), text.length)
    kept.push(text.slice(from, found))
    from = text[end] === ';' ? end + 1 : end
    report('removed', at + found, text.slice(found, Math.min(from, found + 200)), ELSEWHERE)
  }
  return kept.join('') + text.slice(from)
}
