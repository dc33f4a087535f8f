import { type CompiledMjml, type MjmlError, mjmlToHtml } from './mjml-to-html.js'

/** A mail's MJML in parts: the shell around them for given blocks, and the sections of each block in their order. */
export type MailParts = {
  shell(body: string): string
  plainShell(body: string): string
  sections: readonly string[]
  /** The shell is HTML; the plain one is MJML all the same. */
  isHtml?: boolean
  /** Ids of places to jump to, one before each section. */
  anchors?: readonly string[]
}

export type StitchedMail = { html: string; errors: (MjmlError & { section: number | null })[] }

// Stands where sections go; a text node of a raw element, which MJML passes on as it is.
const CUT = 'cutherecuthere'
/** The cut as MJML has it, for shells that are compiled alone. */
export const RAW_CUT = `<mj-raw>${CUT}</mj-raw>`
const NUMBERED = /m[0-9a-f]{20}q\d+z/g
/** As long as a real mark and of the same form, so that MJML treats it alike; never in what an author wrote, which is hidden behind real ones. */
const LOCAL = 'm00000000000000000000q'

/**
 * Compiles a mail section by section and puts the pieces together: what has not changed since the last time is taken from memory, so that a
 * preview costs what its changed block costs. Gives what compiling it whole gives, but for the order of style rules.
 */
export async function stitchMail({
  shell,
  plainShell,
  sections,
  anchors,
  isHtml,
}: MailParts): Promise<StitchedMail> {
  const [frame, ...pieces] = await Promise.all([
    isHtml ? { html: shell(CUT), errors: [] } : mjmlToHtml(shell(RAW_CUT)),
    ...sections.map((section) => compileSection(section, plainShell)),
  ])
  const errors = pieces.flatMap(({ errors: found }, section) => found.map((error) => ({ ...error, section })))
  const anchorOf = (at: number) => (anchors ? `<a id="${anchors[at]}"></a>` : '')
  const body = pieces.map(({ html }, at) => anchorOf(at) + bodyOf(html)).join('\n')
  const [before = '', after = ''] = (frame as CompiledMjml).html.split(CUT)
  const head = withStyles(before, [before, ...pieces.map(({ html }) => html)].flatMap(stylesOf))
  return {
    html: `${head.trimEnd()}\n${body}\n${after.trimStart()}`,
    errors: [...(frame as CompiledMjml).errors.map((error) => ({ ...error, section: null })), ...errors],
  }
}

/** Numbers the marks of a section from 0, so that it is the same text wherever it stands, and gives them back afterwards. */
async function compileSection(section: string, plainShell: MailParts['plainShell']): Promise<CompiledMjml> {
  const marks: string[] = []
  const numbered = section.replace(NUMBERED, (mark) => `${LOCAL}${marks.push(mark) - 1}z`)
  const { html, errors } = await mjmlToHtml(plainShell(`${RAW_CUT}${numbered}${RAW_CUT}`))
  const restored = html.replace(
    new RegExp(`${LOCAL}(\\d+)z`, 'g'),
    (local, at: string) => marks[Number(at)] ?? local,
  )
  return { html: restored, errors }
}

function bodyOf(html: string): string {
  return (html.split(CUT)[1] ?? '').trim()
}

const STYLE = /<style[^>]*>[^]*?<\/style>/g
const COLUMNS =
  /^(<style[^>]*>\n(?:@media only screen[^\n]*\{\n)?)((?:(?:\.moz-text-html )?\.mj-column[^\n]*\n)+)(\}\n<\/style>|<\/style>)$/

function stylesOf(html: string): string[] {
  return html.slice(0, html.indexOf('</head>')).match(STYLE) ?? []
}

/** Adds the styles that the shell alone does not need: column widths in one rule set for each kind, anything else once. */
function withStyles(before: string, found: readonly string[]): string {
  const columns = new Map<string, Set<string>>()
  const others = new Set<string>()
  for (const style of found) {
    const [, opening, rules, closing] = COLUMNS.exec(style) ?? []
    if (!opening || !rules || !closing) {
      if (!before.includes(style)) others.add(style)
      continue
    }
    const known = columns.get(opening + CUT + closing) ?? new Set()
    columns.set(opening + CUT + closing, known)
    for (const rule of rules.trimEnd().split('\n')) known.add(rule)
  }
  const widths = [...columns].map(([frame, rules]) => frame.replace(CUT, () => `${[...rules].join('\n')}\n`))
  const added = [...widths, ...others].map((style) => `${style}\n`).join('')
  // Before the template's own styles, which may overrule them.
  const end = before.search(/<\/head\s*>/i)
  const style = end < 0 ? -1 : before.lastIndexOf('<style', end)
  const own = style >= 0 ? style : end >= 0 ? end : before.length
  return before.slice(0, own) + added + before.slice(own)
}
