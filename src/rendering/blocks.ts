import { z } from 'zod'

const line = (most = 300) => z.string().trim().max(most, `Keep this below ${most} characters.`).default('')
const richText = z.string().max(50_000, 'Keep this below 50,000 characters.').default('')
const address = line(2000)

/** What each kind of block holds; a draft may be half done, so nothing but the shape is required. */
export const blockSchemas = {
  masthead: z.object({
    name: line(),
    tagline: line(),
    logoUrl: address,
    logoAlt: line(),
    introduction: richText,
  }),
  heading: z.object({ text: line(), style: z.enum(['section', 'banner', 'year']).default('section') }),
  'lead-story': z.object({
    newsItemId: z.uuid().nullable().default(null),
    title: line(),
    summary: richText,
    url: address,
    imageUrl: address,
    imageAlt: line(500),
    linkLabel: line(100).default('Read more'),
  }),
  text: z.object({ html: richText }),
  'news-list': z.object({
    title: line(),
    newsItemIds: z.array(z.uuid()).max(100, 'Choose at most 100 news items.').default([]),
    columns: z.union([z.literal(1), z.literal(2)]).default(1),
    linkLabel: line(100).default('>>>'),
    showSummaries: z.boolean().default(false),
  }),
  button: z.object({ label: line(100), url: address }),
  image: z.object({
    url: address,
    alt: line(500),
    decorative: z.boolean().default(false),
    linkUrl: address,
    caption: line(500),
  }),
  divider: z.object({}),
  closing: z.object({ tagline: line(500), name: line(), url: address }),
  footer: z.object({
    sentTo: line(300).default('This email was sent to {{ contact.EMAIL }}'),
    reason: line(1000),
    organisation: line(),
    address: line(500),
    unsubscribeLabel: line(100).default('Unsubscribe'),
    webviewLabel: line(100).default('View in your browser'),
    preferencesLabel: line(100).default('Change what you get'),
    copyright: line(500),
    fundingStatement: line(1000),
    emblemUrl: address,
    emblemAlt: line(500),
  }),
  mjml: z.object({ mjml: z.string().max(50_000, 'Keep this below 50,000 characters.').default('') }),
} as const

export type BlockKind = keyof typeof blockSchemas
export type BlockContent<K extends BlockKind> = z.infer<(typeof blockSchemas)[K]>
/** One part of an issue, told apart by its kind. */
export type Block = { [K in BlockKind]: { id: string; kind: K; content: BlockContent<K> } }[BlockKind]

export const BLOCK_KINDS = Object.keys(blockSchemas) as BlockKind[]

/** The content a new block of a kind starts with. */
export function newBlockContent<K extends BlockKind>(kind: K): BlockContent<K> {
  return blockSchemas[kind].parse({}) as BlockContent<K>
}
