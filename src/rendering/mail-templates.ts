import { readFileSync } from 'node:fs'
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
    const source = readFileSync(join(projectRoot, 'templates', file), 'utf8')
    template = handlebars.compile(source, {
      strict: false,
      knownHelpersOnly: true,
      noEscape: kind === 'text',
    })
    compiled.set(file, template)
  }
  return template(data)
}
