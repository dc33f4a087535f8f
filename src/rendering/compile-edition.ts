import type { BlockView, Hide } from './blocks/define-block.js'
import { type Block, definitionOf } from './blocks.js'
import { checkBlock } from './check-block.js'
import { lookFile } from './designs.js'
import { checkSize, templateBytes } from './edition-size.js'
import { headingLevels } from './heading-levels.js'
import { htmlToPlain } from './html-to-plain.js'
import type { IssueContent, Problem } from './issue-content.js'
import { fillTemplate } from './mail-templates.js'
import { createMarks, type Marks } from './merge/marks.js'
import type { MergeError } from './merge/parse-merge.js'
import { renderTemplate } from './merge/render-template.js'
import type { MergeValues, Template } from './merge/template.js'
import { openShells } from './open-shells.js'
import { compileOwnMjml } from './own-mjml.js'
import { sanitizeRichText } from './rich-text.js'
import { look } from './shell.js'
import { stitchMail } from './stitch-mail.js'

/** An issue in one language, compiled once; plain JSON. */
export type CompiledEdition = {
  language: string
  subject: Template
  /** Subjects that are tried beside it. */
  otherSubjects?: Template[]
  preheader: Template
  html: Template
  text: Template
  /** Size of the finished HTML in bytes of UTF-8, with values of the usual length. */
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
 * block, field and line, and everything that can be compiled is. `hasAnchors` gives each block a place to jump to, for a preview.
 */
export async function compileEdition(
  content: IssueContent,
  { hasAnchors = false }: { hasAnchors?: boolean } = {},
): Promise<CompiledEdition> {
  const problems: Problem[] = content.blocks.flatMap((block) => checkBlock(block, content.newsItems))
  problems.push(...checkFooter(content.blocks))
  const marks = createMarks(JSON.stringify(content), mergeFieldNames(content.fields))
  const shell = hider(marks, problems, null)
  const subject = shell.plain('subject', content.subject)
  const preheader = shell.plain('preheader', content.preheader)
  const sections = await Promise.all(viewBlocks(content, { marks, problems }).map(section(content, problems)))
  const html = marks.reveal(
    await compileHtml({ content, subject, preheader, marks, sections, problems, hasAnchors }),
    'html',
  )
  const htmlBytes = templateBytes(html)
  problems.push(...checkSize(htmlBytes))
  return {
    language: content.language,
    subject: marks.reveal(subject, 'text'),
    preheader: marks.reveal(preheader, 'text'),
    html,
    text: marks.reveal(textOf(sections), 'text'),
    htmlBytes,
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

function viewBlocks(
  content: IssueContent,
  { marks, problems }: { marks: Marks; problems: Problem[] },
): Viewed[] {
  const levels = headingLevels(content)
  return content.blocks.map((block, index) => {
    const { newsItems, language } = content
    const scope = { newsItems, language, level: levels[index] ?? 2, hide: hider(marks, problems, block.id) }
    return { block, view: definitionOf(block.kind).view(block.content, scope) }
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

type Section = { mjml: string; text: string }

/** Makes the MJML and text of a viewed block; custom MJML that does not compile is left out and reported. */
function section(content: IssueContent, problems: Problem[]) {
  const common = look(content)
  return async ({ block, view }: Viewed): Promise<Section> => {
    const mjml = fillTemplate(lookFile(content.design, block.kind), { ...common, ...view.data }).trim()
    if (block.kind !== 'mjml') return { mjml, text: view.text }
    const own = await compileOwnMjml(block.content.mjml, mjml)
    for (const { line, message, severity } of own.complaints) {
      problems.push({ severity, blockId: block.id, field: 'mjml', line, column: null, message })
    }
    return own.html === null ? { mjml: '', text: '' } : { mjml, text: htmlToPlain(own.html) }
  }
}

type HtmlParts = {
  content: IssueContent
  subject: string
  preheader: string
  marks: Marks
  sections: readonly Section[]
  problems: Problem[]
  hasAnchors: boolean
}

async function compileHtml({
  content,
  subject,
  preheader,
  marks,
  sections,
  problems,
  hasAnchors,
}: HtmlParts): Promise<string> {
  const own = openShells(content, { subject, preheader, marks })
  for (const problem of own.problems) problems.push({ blockId: null, field: 'design', ...problem })
  const { html, errors } = await stitchMail({
    ...own.shells,
    sections: sections.map(({ mjml }) => mjml),
    ...(hasAnchors ? { anchors: content.blocks.map(({ id }) => `block-${id}`) } : {}),
  })
  for (const { message, line, section: at } of errors) {
    const blockId = at === null ? null : (content.blocks[at]?.id ?? null)
    const place = at === null ? { field: 'design', line } : { field: null, line: null }
    problems.push({ severity: 'error', blockId, ...place, column: null, message })
  }
  return html
}

function textOf(sections: readonly Section[]): string {
  const texts = sections.map(({ text }) => text).filter(Boolean)
  return `${texts.join('\n\n')}\n`
}

function checkFooter(blocks: readonly Block[]): Problem[] {
  const footers = blocks.filter((block) => block.kind === 'footer')
  const last = blocks.at(-1)
  if (footers.length === 1 && last?.kind === 'footer') return []
  const message =
    footers.length === 0 ? 'The issue has no footer.' : 'The issue needs exactly one footer, at its end.'
  return [{ severity: 'error', blockId: null, field: 'blocks', line: null, column: null, message }]
}
