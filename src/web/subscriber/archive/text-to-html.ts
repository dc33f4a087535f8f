import { escapeHtml } from '../../../rendering/merge/render-template.js'

const ADDRESS = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}]/g

/** A mail's plain text as simple HTML for readers of feeds: paragraphs, line breaks, and addresses that can be followed. */
export function textToHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' && paragraph !== '--')
    .map((paragraph) => `<p>${paragraph.split('\n').map(lineToHtml).join('<br>')}</p>`)
    .join('\n')
}

function lineToHtml(line: string): string {
  let [html, end] = ['', 0]
  for (const match of line.matchAll(ADDRESS)) {
    const address = escapeHtml(match[0])
    html += `${escapeHtml(line.slice(end, match.index))}<a href="${address}">${address}</a>`
    end = match.index + match[0].length
  }
  return html + escapeHtml(line.slice(end))
}
