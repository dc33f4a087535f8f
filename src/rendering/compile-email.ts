import { fillTemplate } from './mail-templates.js'
import { mjmlToHtml } from './mjml-to-html.js'

export type CompiledEmail = { subject: string; html: string; text: string }

/** One of our own mails, finished: the words by name are the only thing that varies. */
export async function compileEmail(name: 'notice' | 'approval', words: object): Promise<CompiledEmail> {
  const { html, errors } = await mjmlToHtml(fillTemplate(`emails/${name}.mjml`, words))
  if (errors.length > 0)
    throw new Error(`templates/emails/${name}.mjml does not compile: ${errors[0]?.message}`)
  const plain = fillTemplate(`emails/${name}.txt`, words, 'text')
  const [subject = '', ...text] = plain.split('\n')
  return { subject: subject.trim(), html, text: text.join('\n').trim() }
}
