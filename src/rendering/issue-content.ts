import type { NewsItems } from './blocks/define-block.js'
import type { Block } from './blocks.js'
import type { Design } from './designs.js'
import type { FontChoice } from './fonts.js'

/** What an organisation's mails have in common; a font that is not given is the design's own. */
export type Brand = {
  name: string
  url: string
  colours: { primary: string; accent: string }
  fonts?: { heading: FontChoice; text: FontChoice }
}

/** Everything that compiling an issue needs; `fields` are the contact's known keys, `date` is already in words. */
export type IssueContent = {
  language: string
  direction: 'ltr' | 'rtl'
  subject: string
  preheader: string
  title: string
  date: string
  blocks: readonly Block[]
  newsItems: NewsItems
  fields: readonly string[]
  brand: Brand
  design: Design
}

/** Something about an issue that an author should mend; errors block scheduling. Lines and columns count from 1. */
export type Problem = {
  severity: 'error' | 'warning'
  blockId: string | null
  field: string | null
  line: number | null
  column: number | null
  message: string
}
