import type { Marks } from './merge/marks.js'
import type { IssueContent } from './issue-content.js'
import { fillSource } from './mail-templates.js'
import { openTemplate } from './own-template/open-template.js'
import type { TemplateProblem } from './own-template/own-template.js'
import type { MailParts } from './stitch-mail.js'

type Shells = Pick<MailParts, 'shell' | 'plainShell' | 'isHtml'>
type Words = { look: object; subject: string; preheader: string; marks: Marks }

/**
 * The shells that an issue's design gives it: of a designer's template, of a design that comes with the product otherwise. With a template
 * that cannot be used at all, the design it is based on is shown, and the problems say why.
 */
export function openShells(
  { design }: Pick<IssueContent, 'design'>,
  { look, subject, preheader, marks }: Words,
): { shells: Shells; problems: TemplateProblem[] } {
  const builtIn = (words: { subject: string; preheader: string }) => (blocks: string) =>
    fillSource(design.mjml, { ...look, ...words, blocks })
  const base = {
    shell: builtIn({ subject, preheader }),
    plainShell: builtIn({ subject: '', preheader: '' }),
  }
  if (!design.own) return { shells: base, problems: [] }
  const { opened, problems } = openTemplate(design.own, { marks, look, subject, preheader })
  const named = problems.map((problem) => ({
    ...problem,
    message: `Template “${design.name}”: ${problem.message}`,
  }))
  if (!opened) return { shells: base, problems: named }
  const { shell } = opened
  const shells =
    design.own.format === 'html'
      ? { shell, plainShell: base.plainShell, isHtml: true }
      : { shell, plainShell: opened.plainShell }
  return { shells, problems: named }
}
