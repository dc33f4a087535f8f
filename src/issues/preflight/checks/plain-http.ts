import { quoted } from '../finding.js'
import type { Check } from '../subject.js'

/** Links that are not encrypted. */
export const plainHttp: Check = ({ links }) =>
  links
    .filter(({ url }) => /^http:\/\//i.test(url))
    .map(({ url, blockId, field }) => ({
      severity: 'warning',
      blockId,
      field,
      message: `The link to ${quoted(url)} is not safe: it begins with http://. Nearly every site is at https:// too.`,
    }))
