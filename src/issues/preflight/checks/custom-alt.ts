import { Parser } from 'htmlparser2'
import { quoted } from '../finding.js'
import type { Check } from '../subject.js'

/** Pictures of custom MJML without a description: MJML would call them decoration, without a word. */
export const customAlt: Check = ({ content }) =>
  content.blocks.flatMap((block) => {
    if (block.kind !== 'mjml') return []
    return undescribed(block.content.mjml).map(({ src, line }) => ({
      severity: 'error',
      blockId: block.id,
      field: 'mjml',
      line,
      message: `The picture ${quoted(src)} has no description. Give it alt="what it shows", or alt="" if it is only decoration.`,
    }))
  })

/** The pictures of a piece of MJML that have no `alt`, with their lines; one with a link needs words in it. */
export function undescribed(mjml: string): { src: string; line: number }[] {
  const found: { src: string; line: number }[] = []
  const parser = new Parser({
    onopentag: (name, { alt, src = '', href }) => {
      if (name !== 'mj-image' && name !== 'img') return
      if (alt !== undefined && !(href && alt.trim() === '')) return
      found.push({ src, line: mjml.slice(0, parser.startIndex).split('\n').length })
    },
  })
  parser.end(mjml)
  return found
}
