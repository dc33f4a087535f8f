import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { projectRoot } from '../project-root.js'

const compiled = new Map<string, Handlebars.TemplateDelegate>()
// A compiler of its own: nothing that the pages register can be called from a mail.
const handlebars = Handlebars.create()

/** Fills one of our own templates below templates/, such as `blocks/text.mjml`; each file is read once. Values are escaped unless it is a plain text. */
export function fillTemplate(file: string, data: object, kind: 'html' | 'text' = 'html'): string {
  let template = compiled.get(file)
  if (!template) {
    template = handlebars.compile(readTemplate(file), {
      strict: false,
      knownHelpersOnly: true,
      noEscape: kind === 'text',
    })
    compiled.set(file, template)
  }
  return template(data)
}

/** Whether there is such a file below templates/. */
export function hasTemplate(file: string): boolean {
  return existsSync(join(projectRoot, 'templates', file))
}

/** One of our own templates as it is written, such as `newsletters/project.mjml`. */
export function readTemplate(file: string): string {
  return readFileSync(join(projectRoot, 'templates', file), 'utf8')
}

const SOURCES_KEPT = 50
const sources = new Map<string, Handlebars.TemplateDelegate>()

/** Fills a template given as its source; the latest are remembered. */
export function fillSource(source: string, data: object): string {
  const template =
    sources.get(source) ?? handlebars.compile(source, { strict: false, knownHelpersOnly: true })
  sources.delete(source)
  sources.set(source, template)
  for (const oldest of sources.keys()) {
    if (sources.size <= SOURCES_KEPT) break
    sources.delete(oldest)
  }
  return template(data)
}
