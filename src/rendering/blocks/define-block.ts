import type { z } from 'zod'

/** How a block's texts are made ready: plain words or rich text with the merge tags hidden. */
export type Hide = {
  plain(field: string, source: string): string
  rich(field: string, source: string): string
}

/** A news item as a newsletter shows it. */
export type NewsContent = {
  id: string
  title: string
  summaryHtml: string
  url: string
  imageUrl: string
  imageAlt: string
  region: string
  language: string
}

export type NewsItems = Readonly<Record<string, NewsContent>>

/** What a block may know of the issue it stands in. */
export type BlockScope = {
  hide: Hide
  /** Level of its heading, so that a mail has one outline. */
  level: 1 | 2 | 3
  newsItems: NewsItems
  /** Of the issue, as a BCP 47 tag. */
  language: string
}

/** A block ready for both parts of the mail: the data of its `look.mjml`, and its plain text in the same order of words. */
export type BlockView = { data: Record<string, unknown>; text: string }

/** What is missing or would not work: the field, whether it is so, one sentence; an error unless it says `warning`. */
export type Rule = [field: string, isBroken: boolean, message: string, severity?: 'error' | 'warning']

/** Where a kind stands in the menu of the composer; null: it is not offered there. */
export type BlockGroup = 'News' | 'Words' | 'Pictures' | 'Events and people' | 'Order' | 'Experts' | null

/**
 * One kind of block, everything about it: its name in menus, the schema that checks its content and drives its form, what is still wrong
 * with it, and how it is written. Its look is the `look.mjml` beside it. A draft may be half done, so the schema asks for the shape only.
 */
export type BlockDefinition<S extends z.ZodObject> = {
  label: string
  /** Name of a Lucide icon. */
  icon: string
  /** What it is for, in half a sentence. */
  says: string
  group: BlockGroup
  schema: S
  /** What kind of heading it shows, if any: a story stands below a section. */
  heading?(content: z.infer<S>, newsItems: NewsItems): 'masthead' | 'section' | 'story' | null
  rules?(content: z.infer<S>, newsItems: NewsItems): Rule[]
  /** The news items it shows, in their order. */
  newsIds?(content: z.infer<S>): string[]
  view(content: z.infer<S>, scope: BlockScope): BlockView
  /** The block in a few words, for the outline; '' when there is nothing to say yet. */
  summary(content: z.infer<S>, titleOf: (newsItemId: string | null) => string | undefined): string
}

/** Says once what a kind of block is; the compiler then knows the content in each of its functions. */
export function defineBlock<S extends z.ZodObject>(definition: BlockDefinition<S>): BlockDefinition<S> {
  return definition
}
