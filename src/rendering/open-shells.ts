import type { IssueContent } from './issue-content.js'
import { fillTemplate } from './mail-templates.js'
import type { Marks } from './merge/marks.js'
import { openTemplate } from './own-template/open-template.js'
import type { TemplateProblem } from './own-template/own-template.js'
import { look, shellOf } from './shell.js'
import type { MailParts } from './stitch-mail.js'

type Shells = Pick<MailParts, 'shell' | 'plainShell' | 'isHtml'>
type Words = { subject: string; preheader: string; marks: Marks }

/**
 * The shells that an issue's design gives it: of a designer's template, or of a design that comes with the product. With a template that
 * cannot be used at all, the design it is based on is shown, and the problems say why.
 */
export function openShells(
  content: Pick<IssueContent, 'brand' | 'design' | 'direction' | 'language'>,
  { subject, preheader, marks }: Words,
): { shells: Shells; problems: TemplateProblem[] } {
  const { own, name } = content.design
  const fill = shellOf(content)
  const builtIn = {
    shell: (blocks: string) => fill({ subject, preheader, blocks }),
    plainShell: (blocks: string) => fill({ subject: '', preheader: '', blocks }),
  }
  if (!own) return { shells: builtIn, problems: [] }
  const common = look(content)
  const base = fillTemplate('blocks/base.mjml', common)
  const { opened, problems } = openTemplate(own, { marks, values: { ...common, base, subject, preheader } })
  const named = problems.map((problem) => ({ ...problem, message: `Template “${name}”: ${problem.message}` }))
  if (!opened) return { shells: builtIn, problems: named }
  const { shell } = opened
  const shells =
    own.format === 'html'
      ? { shell, plainShell: builtIn.plainShell, isHtml: true }
      : { shell, plainShell: opened.plainShell }
  return { shells, problems: named }
}
