import { type MjmlError, mjmlToHtml, refusedMjml, unclosedTag } from './mjml-to-html.js'

type Complaint = MjmlError & { severity: 'error' | 'warning' }

/**
 * Compiles custom MJML alone, so that lines count from its own top and a mistake costs only itself. `mjml` is the source
 * with its merge tags hidden; `html` is null when it cannot be used.
 */
export async function compileOwnMjml(
  source: string,
  mjml: string,
): Promise<{ html: string | null; complaints: Complaint[] }> {
  const refusal = refusedMjml(source) ?? unclosedTag(mjml)
  if (refusal) return { html: null, complaints: [{ ...refusal, severity: 'error' }] }
  const { html, errors } = await mjmlToHtml(`<mjml><mj-body>\n${mjml}\n</mj-body></mjml>`)
  const complaints = errors.map(({ line, message }): Complaint => {
    return { line: line === null ? null : Math.max(1, line - 1), message, severity: 'error' }
  })
  if (complaints.length > 0) return { html: null, complaints }
  return { html, complaints: [...undescribedPictures(source), ...mainHeadings(source)] }
}

/** Pictures of a source that nobody has described, each a warning with its line. */
export function undescribedPictures(source: string): Complaint[] {
  return [...source.matchAll(/<(?:mj-image|img)\b(?:"[^"]*"|'[^']*'|[^>"'])*>/gi)]
    .filter(([tag]) => !/\salt\s*=/i.test(tag))
    .map(({ index }) =>
      complain(
        source,
        index,
        'This picture has no description: add alt="…", or alt="" if it only decorates.',
      ),
    )
}

function mainHeadings(source: string): Complaint[] {
  return [...source.matchAll(/<h1\b/gi)].map(({ index }) =>
    complain(source, index, 'A newsletter has one main heading already: use <h2> here.'),
  )
}

function complain(source: string, index: number, message: string): Complaint {
  return { line: source.slice(0, index).split('\n').length, message, severity: 'warning' }
}
