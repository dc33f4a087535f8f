import mjml2html from 'mjml'

/** A complaint of MJML with its line in the source, from 1. */
export type MjmlError = { line: number | null; message: string }

export type CompiledMjml = { html: string; errors: MjmlError[] }

// Compiling takes some milliseconds; while an issue is composed, most of its parts stay the same from one preview to the next.
const KEPT = 400
const kept = new Map<string, Promise<CompiledMjml>>()

/** Compiles MJML without reading any file; a source that cannot be parsed gives an empty `html` and its error. The latest are remembered. */
export function mjmlToHtml(mjml: string): Promise<CompiledMjml> {
  const found = kept.get(mjml) ?? compile(mjml)
  kept.delete(mjml)
  kept.set(mjml, found)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return found
}

async function compile(mjml: string): Promise<CompiledMjml> {
  try {
    const { html, errors } = await mjml2html(mjml, { validationLevel: 'soft', keepComments: false })
    return {
      html: squeeze(html),
      errors: errors.map(({ line, message }) => ({ line: line ?? null, message })),
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const line = /line[: ]+(\d+)/i.exec(message)?.[1]
    return { html: '', errors: [{ line: line ? Number(line) : null, message }] }
  }
}

/** Indentation is a third of MJML's output and means nothing between block-level tags. */
function squeeze(html: string): string {
  return html
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{2,}/g, '\n')
}

/** The first mj- tag of a piece of MJML that is left open or closes nothing: MJML itself would let it swallow what follows. */
export function unclosedTag(mjml: string): MjmlError | null {
  const open: { name: string; index: number }[] = []
  for (const match of withoutComments(mjml).matchAll(
    /<(\/?)(mj-[a-z-]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/gi,
  )) {
    const [, closing, name = '', empty] = match
    if (empty) continue
    if (!closing) open.push({ name, index: match.index })
    else if (open.pop()?.name !== name)
      return { line: lineAt(mjml, match.index), message: `</${name}> closes a tag that is not open here.` }
  }
  const left = open.at(-1)
  return left ? { line: lineAt(mjml, left.index), message: `<${left.name}> is never closed.` } : null
}

/** Tags in comments open and close nothing; a comment without an end hides nothing here. */
function withoutComments(mjml: string): string {
  return mjml.replace(/<!--(?:-?>|[\s\S]*?(?:--!?>|$))/g, (comment) =>
    /--!?>$/.test(comment) ? ' '.repeat(comment.length) : comment,
  )
}

const ACTIVE =
  /<\s*(script|iframe|object|embed|form|meta|link|base|svg|mj-raw|mj-include)\b|[\s"'/]on[a-z]+\s*=|(javascript|vbscript|data)\s*:|(href|src)\s*=\s*["']?\s*&/i
const CONDITION = /(<<|\{\{|&lt;&lt;)\s*#\s*if/i

/** What hand-written MJML may not hold: anything that acts or loads in the web view, and conditions, which MJML drops between sections. */
export function refusedMjml(source: string): MjmlError | null {
  const found = ACTIVE.exec(source)
  if (found)
    return {
      line: lineAt(source, found.index),
      message: 'Scripts, frames, forms, handlers and such links are not allowed here.',
    }
  const condition = CONDITION.exec(source)
  if (!condition) return null
  return {
    line: lineAt(source, condition.index),
    message: 'Conditions work in text blocks, not in custom MJML.',
  }
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length
}
