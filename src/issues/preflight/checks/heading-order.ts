import { customBlockOf } from '../custom-block.js'
import { quoted, type Remark } from '../finding.js'
import type { Check } from '../subject.js'

/** The outline of the mail: one main heading, and no level left out (WCAG technique H42). */
export const headingOrder: Check = ({ page, content }) => {
  const place = customBlockOf(content)
  const remarks: Remark[] = []
  const warn = (message: string, at: Partial<Remark>) => remarks.push({ severity: 'warning', ...at, message })
  const mains = page.headings.filter(({ level }) => level === 1).length
  if (page.headings.length === 0)
    warn(
      'The mail has no heading. Give the masthead a name, or add a heading: people who listen jump from one to the next.',
      {},
    )
  else if (mains !== 1)
    warn(
      `The mail has ${mains === 0 ? 'no main heading' : `${mains} main headings`} (h1); it should have one.`,
      place,
    )
  page.headings.forEach(({ level, text }, at) => {
    const before = page.headings[at - 1]?.level ?? level
    if (level > before + 1)
      warn(
        `The heading ${quoted(text)} leaves out a level: h${level} comes after h${before}. Make it h${before + 1}.`,
        place,
      )
  })
  return remarks
}
