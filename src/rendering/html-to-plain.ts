import { convert } from 'html-to-text'
import { PLAIN_LINK } from './rich-text.js'

/** The words of compiled MJML for the plain-text part: in their order, pictures by their description, links with their address. */
export function htmlToPlain(html: string): string {
  const body = html.slice(Math.max(0, html.indexOf('<body'))).replace(/<!--[\s\S]*?-->/g, '')
  return convert(body, {
    wordwrap: false,
    selectors: [
      PLAIN_LINK,
      { selector: 'img', options: { linkBrackets: false, pathRewrite: () => '' } },
      { selector: 'table', format: 'block' },
      { selector: 'ul', options: { itemPrefix: '- ' } },
      ...[1, 2, 3, 4, 5, 6].map((level) => ({ selector: `h${level}`, options: { uppercase: false } })),
    ],
  })
    .replace(/[ \t\u00a0]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
