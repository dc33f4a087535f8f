import { type BlockView, blockView, type Hide } from './block-view.js'
import type { Block } from './blocks.js'
import { checkBlock } from './check-block.js'
import type { IssueContent, Problem } from './issue-content.js'
import { fillTemplate } from './mail-templates.js'
import { createMarks, type Marks } from './merge/marks.js'
import type { MergeError } from './merge/parse-merge.js'
import { renderTemplate } from './merge/render-template.js'
import type { MergeValues, Template } from './merge/template.js'
import { mjmlToHtml, refusedMjml, unclosedTag } from './mjml-to-html.js'
import { sanitizeRichText } from './rich-text.js'

/** An issue in one language, compiled once; plain JSON. */
export type CompiledEdition = {
  language: string
  subject: Template
  preheader: Template
  html: Template
  text: Template
  /** Size of the HTML before merging, in bytes of UTF-8. */
  htmlBytes: number
  problems: Problem[]
}

export type RenderedEdition = { subject: string; preheader: string; html: string; text: string }

const LINKS = ['links.UNSUBSCRIBE', 'links.PREFERENCES', 'links.WEBVIEW']
const ISSUE = ['issue.TITLE', 'issue.SUBJECT', 'issue.DATE', 'issue.LANGUAGE']

/** The names that merge fields may use, given the contact's known keys. */
export function mergeFieldNames(contactKeys: readonly string[]): string[] {
  return [...new Set(['EMAIL', ...contactKeys])].map((key) => `contact.${key}`).concat(ISSUE, LINKS)
}

/**
 * Compiles an issue into an edition. Never throws for what an author wrote: what is wrong comes back as problems with
 * block, field and line, and everything that can be compiled is.
 */
export async function compileEdition(content: IssueContent): Promise<CompiledEdition> {
  const problems: Problem[] = content.blocks.flatMap(checkBlock)
  problems.push(...checkFooter(content.blocks))
  const marks = createMarks(JSON.stringify(content), mergeFieldNames(content.fields))
  const subject = hider(marks, problems, null).plain('subject', content.subject)
  const preheader = hider(marks, problems, null).plain('preheader', content.preheader)
  const views = viewBlocks(content, marks, problems)
  const html = marks.reveal(await compileHtml({ content, subject, preheader, views, problems }), 'html')
  return {
    language: content.language,
    subject: marks.reveal(subject, 'text'),
    preheader: marks.reveal(preheader, 'text'),
    html,
    text: marks.reveal(
      `${views
        .map(({ view }) => view.text)
        .filter(Boolean)
        .join('\n\n')}\n`,
      'text',
    ),
    htmlBytes: Buffer.byteLength(JSON.stringify(html)),
    problems,
  }
}

/** Fills an edition for one reader: pure, and fast enough for every message of a large send. */
export function renderEdition(edition: CompiledEdition, values: MergeValues): RenderedEdition {
  return {
    subject: renderTemplate(edition.subject, values),
    preheader: renderTemplate(edition.preheader, values),
    html: renderTemplate(edition.html, values),
    text: renderTemplate(edition.text, values),
  }
}

type Viewed = { block: Block; view: BlockView }

function viewBlocks(content: IssueContent, marks: Marks, problems: Problem[]): Viewed[] {
  let underSection = false
  return content.blocks.map((block) => {
    const view = blockView(block, { content, underSection, hide: hider(marks, problems, block.id) })
    if (block.kind === 'heading') underSection = true
    return { block, view }
  })
}

function hider(marks: Marks, problems: Problem[], blockId: string | null): Hide {
  const report = (field: string) => (error: MergeError) =>
    problems.push({ severity: 'error', blockId, field, ...error })
  const hide = (field: string, source: string) => marks.hide(source, report(field))
  return {
    plain: hide,
    rich: (field, source) => marks.settle(sanitizeRichText(hide(field, source)), report(field)),
  }
}

type HtmlParts = {
  content: IssueContent
  subject: string
  preheader: string
  views: Viewed[]
  problems: Problem[]
}

async function compileHtml(parts: HtmlParts): Promise<string> {
  const { content, problems } = parts
  const colours = { primary: content.brand.colours.primary, accent: content.brand.colours.accent }
  let topHeading = !content.blocks.some((block) => block.kind === 'masthead')
  const sections = parts.views.map(({ block, view }) => {
    const tag = topHeading && block.kind === 'heading' ? 'h1' : 'h2'
    if (tag === 'h1') topHeading = false
    return {
      block,
      mjml: fillTemplate(`blocks/${view.partial}.mjml`, { ...colours, ...view.data, tag }).trim(),
    }
  })
  const usable = []
  for (const section of sections) {
    const own =
      section.block.kind === 'mjml' ? await ownMjmlErrors(section.block.content.mjml, section.mjml) : []
    for (const { line, message } of own) {
      problems.push({
        severity: 'error',
        blockId: section.block.id,
        field: 'mjml',
        line,
        column: null,
        message,
      })
    }
    if (own.length === 0) usable.push(section)
  }
  const { subject, preheader, language, direction } = { ...content, ...parts }
  const blocks = usable.map((section) => section.mjml).join('\n')
  const shell = { ...colours, subject, preheader, language, direction, blocks }
  const { html, errors } = await mjmlToHtml(fillTemplate(`newsletters/${content.template}.mjml`, shell))
  for (const { message } of errors) {
    problems.push({ severity: 'error', blockId: null, field: null, line: null, column: null, message })
  }
  return html
}

/** Custom MJML is compiled alone first, so that its lines count from its own top and a mistake costs only itself. */
async function ownMjmlErrors(
  source: string,
  mjml: string,
): Promise<{ line: number | null; message: string }[]> {
  const refusal = refusedMjml(source) ?? unclosedTag(mjml)
  if (refusal) return [refusal]
  const { errors } = await mjmlToHtml(`<mjml><mj-body>\n${mjml}\n</mj-body></mjml>`)
  return errors.map(({ line, message }) => ({ line: line === null ? null : Math.max(1, line - 1), message }))
}

function checkFooter(blocks: readonly Block[]): Problem[] {
  const footers = blocks.filter((block) => block.kind === 'footer')
  const last = blocks.at(-1)
  if (footers.length === 1 && last?.kind === 'footer') return []
  const message =
    footers.length === 0 ? 'The issue has no footer.' : 'The issue needs exactly one footer, at its end.'
  return [{ severity: 'error', blockId: null, field: 'blocks', line: null, column: null, message }]
}
