import type { DatabaseOrTx } from '../../db/database.js'
import type { Organisation } from '../../db/tables/organisation.js'
import { type Block, type BlockContent, type BlockKind, newBlockContent } from '../rendering/blocks.js'
import { compileEdition, renderEdition } from '../rendering/compile-edition.js'
import { fontChoice } from '../rendering/fonts.js'
import { designById } from './designs.js'

type Brand = Omit<Organisation, 'id' | 'from_name' | 'from_email' | 'reply_to'>

/** A little newsletter in a design, as a brand that need not be saved yet would dress it; nothing in it leads anywhere. */
export async function previewBrand(ctx: { db: DatabaseOrTx }, brand: Brand, design: string): Promise<string> {
  const edition = await compileEdition({
    language: 'en',
    direction: 'ltr',
    subject: 'Preview',
    preheader: '',
    title: 'Preview',
    date: '',
    blocks: sampleBlocks(brand),
    newsItems: {},
    fields: ['EMAIL'],
    brand: {
      name: brand.name,
      url: brand.website,
      colours: { primary: brand.primary_colour, accent: brand.accent_colour },
      fonts: { heading: fontChoice(brand.heading_font), text: fontChoice(brand.text_font) },
    },
    design: await designById(ctx, design),
  })
  const links = { UNSUBSCRIBE: '#', PREFERENCES: '#', WEBVIEW: '#' }
  return renderEdition(edition, { contact: { EMAIL: 'reader@example.org' }, issue: {}, links }).html
}

function sampleBlocks(brand: Brand): Block[] {
  const block = <K extends BlockKind>(kind: K, content: Partial<BlockContent<K>>) =>
    ({ id: kind, kind, content: { ...newBlockContent(kind), ...content } }) as unknown as Block
  return [
    block('masthead', {
      name: brand.name || 'Your newsletter',
      tagline: 'A line about what it brings',
      logoUrl: brand.logo_url,
      logoAlt: brand.logo_alt,
    }),
    block('heading', { text: 'What is new', style: 'banner' }),
    block('lead-story', {
      title: 'A story with a good title',
      summary:
        '<p>Two sentences show how texts read in your font. This one has <a href="#">a link</a> in it.</p>',
      url: '#',
      linkLabel: 'Read more',
    }),
    block('agenda', {
      title: 'Dates',
      entries: [{ day: '2026-05-18', time: '10:00', title: 'Open day', place: 'At your place', url: '#' }],
    }),
    block('button', { label: 'One thing to do', url: '#' }),
    block('footer', {
      organisation: brand.name || 'Your organisation',
      address: brand.address,
      reason: brand.reason || 'Why people get this mail.',
      copyright: brand.copyright,
      fundingStatement: brand.funding_statement,
      emblemUrl: brand.emblem_url,
      emblemAlt: brand.emblem_alt,
    }),
  ]
}
