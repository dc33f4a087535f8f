import { customBlockOf } from '../custom-block.js'
import { quoted } from '../finding.js'
import type { Check } from '../subject.js'

/** As many as make the point. */
const MOST_SAID = 5

/** Texts that are hard to read on what is behind them. */
export const contrast: Check = ({ page, content }) => {
  const place = customBlockOf(content)
  return page.pale.slice(0, MOST_SAID).map(({ text, ratio }) => ({
    severity: 'warning',
    ...place,
    message: `${quoted(text)} is hard to read: its contrast is ${ratio.toFixed(1)} to 1 and should be 4.5. Make the letters darker, or what is behind them lighter.`,
  }))
}
