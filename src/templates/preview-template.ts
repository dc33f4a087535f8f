import type { Template } from '../../db/tables/template.js'
import type { Context } from '../context.js'
import { templateDesign } from '../issues/designs.js'
import { organisation } from '../issues/organisation.js'
import { compileEdition, renderEdition } from '../rendering/compile-edition.js'
import { builtInDesign, DEFAULT_DESIGN, type Design } from '../rendering/designs.js'
import type { IssueContent } from '../rendering/issue-content.js'
import { contactKeys } from './contact-keys.js'
import { SAMPLE_NEWS, sampleBlocks } from './sample-blocks.js'

const READER = {
  EMAIL: 'reader@example.org',
  FIRSTNAME: 'Robin',
  LASTNAME: 'Reader',
  ORGANISATION: 'Sample House',
  CITY: 'Sampleton',
  COUNTRY: 'Europe',
}
const LINKS = { UNSUBSCRIBE: '#', PREFERENCES: '#', WEBVIEW: '#' }
const SUBJECT = 'A sample of every block'

type Needs = Pick<Context, 'db' | 'clock'>

/** A mail with one block of every kind in a template, as a made-up reader gets it; HTML. With a template that cannot be used it is the design it is based on. */
export async function previewTemplate(
  ctx: Needs,
  template: Pick<Template, 'id' | 'name' | 'base' | 'format' | 'source'>,
): Promise<string> {
  return previewDesign(ctx, templateDesign(template))
}

/** The same for the design that every issue has unless it names another. */
export async function previewDesign(
  ctx: Needs,
  design: Design = builtInDesign(DEFAULT_DESIGN),
): Promise<string> {
  const content = await sampleContent(ctx, design)
  const edition = await compileEdition(content)
  const { title, date, language, subject } = content
  const issue = { TITLE: title, DATE: date, LANGUAGE: language, SUBJECT: subject }
  return renderEdition(edition, { contact: READER, issue, links: LINKS }).html
}

async function sampleContent(ctx: Needs, design: Design): Promise<IssueContent> {
  const [sender, fields] = await Promise.all([organisation(ctx), contactKeys(ctx)])
  return {
    language: 'en',
    direction: 'ltr',
    subject: SUBJECT,
    preheader: 'What inboxes show after the subject',
    title: SUBJECT,
    date: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(ctx.clock.now()),
    blocks: sampleBlocks(),
    newsItems: SAMPLE_NEWS,
    fields,
    brand: {
      name: sender.name || 'Sample House',
      url: sender.website,
      colours: { primary: sender.primary_colour, accent: sender.accent_colour },
    },
    design,
  }
}
