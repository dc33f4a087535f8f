import { Parser } from 'htmlparser2'
import { type Colours, coloursOf, contrastOf } from './page-colours.js'

/** What can be seen in the HTML of a mail, read once. */
export type MailPage = {
  headings: { level: number; text: string }[]
  images: { src: string; alt: string | null; width: number | null }[]
  /** Letters that a reader can read with pictures switched off. */
  letters: number
  /** Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3). */
  pale: { text: string; ratio: number }[]
  language: string
}

type Open = { name: string; colours: Colours; isHidden: boolean }

// Elements without a closing tag (HTML, void elements).
const VOID = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
const UNREAD = new Set(['style', 'script', 'title', 'head'])
const START: Colours = { ink: '#000000', ground: '#ffffff', size: 16, isBold: false }

/** Reads headings, pictures, the amount of text and pale texts off a finished mail. Styles in a style sheet are not followed. */
export function readMailPage(html: string): MailPage {
  const page: MailPage = { headings: [], images: [], letters: 0, pale: [], language: '' }
  const open: Open[] = []
  let heading: { level: number; text: string } | null = null
  const current = () => open.at(-1) ?? { name: '', colours: START, isHidden: false }
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (name === 'html') page.language = attributes['lang'] ?? ''
        if (/^h[1-6]$/.test(name)) heading = { level: Number(name[1]), text: '' }
        if (name === 'img') page.images.push(imageOf(attributes))
        if (VOID.has(name)) return
        const isHidden =
          current().isHidden || UNREAD.has(name) || /display\s*:\s*none/i.test(attributes['style'] ?? '')
        open.push({ name, colours: coloursOf(current().colours, attributes), isHidden })
      },
      ontext: (text) => {
        const { isHidden, colours } = current()
        const words = text.replace(/\s+/g, ' ').trim()
        if (heading) heading.text += text
        if (isHidden || words === '') return
        page.letters += words.length
        const ratio = contrastOf(colours)
        if (ratio !== null) page.pale.push({ text: words, ratio })
      },
      onclosetag: (name) => {
        if (heading && name === `h${heading.level}`) {
          page.headings.push({ ...heading, text: heading.text.replace(/\s+/g, ' ').trim() })
          heading = null
        }
        const at = open.findLastIndex((element) => element.name === name)
        if (at >= 0) open.length = at
      },
    },
    { decodeEntities: true },
  )
  parser.end(html.replace(/<!--[^]*?-->/g, ''))
  return page
}

function imageOf(attributes: Readonly<Record<string, string>>): MailPage['images'][number] {
  const width = Number.parseInt(attributes['width'] ?? '', 10)
  return {
    src: attributes['src'] ?? '',
    alt: attributes['alt'] ?? null,
    width: Number.isNaN(width) ? null : width,
  }
}
