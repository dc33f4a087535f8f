import type { BlockKind } from '../../../rendering/blocks.js'

/** How one field of a block is asked for. */
export type BlockField = {
  name: string
  label: string
  control: 'line' | 'rich' | 'address' | 'choice' | 'switch' | 'code' | 'one-news-item' | 'news-items'
  hint?: string
  options?: readonly { value: string; label: string }[]
}

/** How a kind of block is named in menus, and its form. */
export type BlockKindInfo = { label: string; icon: string; says: string; fields: readonly BlockField[] }

const line = (name: string, label: string, hint?: string): BlockField => ({
  name,
  label,
  control: 'line',
  ...(hint ? { hint } : {}),
})
const address = (name: string, label: string, hint = 'Starts with https://'): BlockField => ({
  name,
  label,
  control: 'address',
  hint,
})
const rich = (name: string, label: string): BlockField => ({ name, label, control: 'rich' })

const ALT_HINT = 'For people who do not see the picture: what does it show?'

/** Every kind of block with its form, in the order of the menu. */
export const BLOCK_KIND_INFO: Readonly<Record<BlockKind, BlockKindInfo>> = {
  'lead-story': {
    label: 'Lead story',
    icon: 'star',
    says: 'One news item with picture, summary and link',
    fields: [
      { name: 'newsItemId', label: 'News item', control: 'one-news-item' },
      line('title', 'Another title', 'Leave these empty to use what the news item says.'),
      rich('summary', 'Another summary'),
      address('url', 'Another link'),
      address('imageUrl', 'Another picture'),
      line('imageAlt', 'What the picture shows', ALT_HINT),
      line('linkLabel', 'Text of the link'),
    ],
  },
  'news-list': {
    label: 'News list',
    icon: 'list',
    says: 'Many news items, in one or two columns',
    fields: [
      line('title', 'Heading over the list'),
      { name: 'newsItemIds', label: 'News items', control: 'news-items' },
      {
        name: 'columns',
        label: 'Columns',
        control: 'choice',
        options: [
          { value: '1', label: 'One column' },
          { value: '2', label: 'Two columns' },
        ],
      },
      { name: 'showSummaries', label: 'Show the summaries', control: 'switch' },
      line('linkLabel', 'Text of each link'),
    ],
  },
  text: { label: 'Text', icon: 'text', says: 'Paragraphs, lists and links', fields: [rich('html', 'Text')] },
  heading: {
    label: 'Heading',
    icon: 'heading',
    says: 'The name of the part that follows',
    fields: [
      line('text', 'Heading'),
      {
        name: 'style',
        label: 'Look',
        control: 'choice',
        options: [
          { value: 'section', label: 'Section' },
          { value: 'banner', label: 'Coloured band' },
          { value: 'year', label: 'Large year' },
        ],
      },
    ],
  },
  button: {
    label: 'Button',
    icon: 'mouse-pointer-click',
    says: 'One clear thing to do',
    fields: [line('label', 'Text on the button'), address('url', 'Link')],
  },
  image: {
    label: 'Picture',
    icon: 'image',
    says: 'A picture, with or without a link',
    fields: [
      address('url', 'Address of the picture'),
      line('alt', 'What it shows', ALT_HINT),
      { name: 'decorative', label: 'It is only decoration', control: 'switch' },
      address('linkUrl', 'Link', 'Where a click leads, if anywhere.'),
      line('caption', 'Caption'),
    ],
  },
  divider: { label: 'Divider', icon: 'minus', says: 'A thin line', fields: [] },
  closing: {
    label: 'Closing',
    icon: 'hand-heart',
    says: 'Tagline, name and web address',
    fields: [line('tagline', 'Tagline'), line('name', 'Name'), address('url', 'Web address')],
  },
  mjml: {
    label: 'Custom MJML',
    icon: 'code-xml',
    says: 'For those who write MJML',
    fields: [
      {
        name: 'mjml',
        label: 'MJML',
        control: 'code',
        hint: 'One or more <mj-section> elements. Merge fields work here too.',
      },
    ],
  },
  masthead: {
    label: 'Masthead',
    icon: 'panel-top',
    says: 'Name, logo and a few words of welcome',
    fields: [
      line('name', 'Name of the newsletter'),
      line('tagline', 'Tagline'),
      address('logoUrl', 'Address of the logo'),
      line('logoAlt', 'What the logo shows', ALT_HINT),
      rich('introduction', 'Words of welcome'),
    ],
  },
  footer: {
    label: 'Footer',
    icon: 'panel-bottom',
    says: 'Who sends, why, and the way out',
    fields: [
      line('sentTo', 'Sent to', 'Must keep {{ contact.EMAIL }}, the reader’s own address.'),
      line('reason', 'Why people get this'),
      line('organisation', 'Who sends'),
      line('address', 'Postal address'),
      line('unsubscribeLabel', 'Text of the unsubscribe link'),
      line('preferencesLabel', 'Text of the preferences link'),
      line('webviewLabel', 'Text of the browser link'),
      line('copyright', 'Copyright'),
      line('fundingStatement', 'Funding statement'),
      address('emblemUrl', 'Address of the funder’s emblem'),
      line('emblemAlt', 'What the emblem shows', ALT_HINT),
    ],
  },
}

/** The kinds that the menu offers: every issue has its footer already. */
export const ADDABLE_KINDS = (Object.keys(BLOCK_KIND_INFO) as BlockKind[]).filter((kind) => kind !== 'footer')
