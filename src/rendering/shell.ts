import { FONTS } from './fonts.js'
import type { IssueContent } from './issue-content.js'
import { fillSource, fillTemplate } from './mail-templates.js'
import { palette } from './palette.js'

type Looked = Pick<IssueContent, 'brand' | 'design' | 'direction' | 'language'>

/** What every template of a mail may use: colours, fonts, and the sides of the reading direction. */
export function look({ brand, design, direction, language }: Looked) {
  const isLtr = direction === 'ltr'
  const sides = { start: isLtr ? 'left' : 'right', end: isLtr ? 'right' : 'left' }
  return { ...palette(brand.colours), ...fonts({ brand, design }), ...sides, isLtr, direction, language }
}

function fonts({ brand, design }: Pick<IssueContent, 'brand' | 'design'>) {
  const stack = (role: 'heading' | 'text') => {
    const chosen = brand.fonts?.[role] ?? 'design'
    return FONTS[chosen === 'design' ? design.fonts[role] : chosen].stack
  }
  return { headingFont: stack('heading'), textFont: stack('text') }
}

/** Makes the MJML of whole mails in a design, with the common part of the head before the design's own, which may overrule it. */
export function shellOf(
  content: Looked,
): (parts: { subject: string; preheader: string; blocks: string }) => string {
  const common = look(content)
  const base = fillTemplate('blocks/base.mjml', common)
  const source = withBase(content.design.mjml)
  return (parts) => fillSource(source, { ...common, ...parts, base })
}

const BASE = '{{{base}}}'

function withBase(mjml: string): string {
  if (mjml.includes(BASE)) return mjml
  if (/<mj-head[^>]*>/.test(mjml)) return mjml.replace(/<mj-head[^>]*>/, (head) => `${head}${BASE}`)
  return mjml.replace(/<mjml[^>]*>/, (opening) => `${opening}<mj-head>${BASE}</mj-head>`)
}
