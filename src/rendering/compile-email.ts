import { fillTemplate } from './mail-templates.js'
import { mjmlToHtml } from './mjml-to-html.js'

/** One of our own mails, finished: the words by name are the only thing that varies. */
export async function compileEmail(
  name: 'confirm' | 'approval',
  words: Readonly<Record<string, string>>,
): Promise<{ subject: string; html: string; text: string }> {
  const { html, errors } = await mjmlToHtml(fillTemplate(`emails/${name}.mjml`, words))
  if (errors.length > 0)
    throw new Error(`templates/emails/${name}.mjml does not compile: ${errors[0]?.message}`)
  const plain = fillTemplate(`emails/${name}.txt`, words, 'text')
  const [subject = '', ...text] = plain.split('\n')
  return { subject: subject.trim(), html, text: text.join('\n').trim() }
}
