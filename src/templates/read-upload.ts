import { InvalidError } from '../errors.js'
import { decodeText } from '../fetching/decode-text.js'
import { LARGEST_TEMPLATE } from '../rendering/own-template/own-template.js'

type Given = { pasted: string; file: { buffer: Uint8Array; originalname: string } | null | undefined }

const KINDS: readonly [start: string, message: string][] = [
  ['PK\u0003\u0004', 'This is a ZIP file: unpack it and choose the .html or .mjml file in it.'],
  ['%PDF', 'This is a PDF: export the template as HTML or MJML.'],
  ['\u0089PNG', 'This is a picture: export the template as HTML or MJML.'],
  ['\u00ff\u00d8\u00ff', 'This is a picture: export the template as HTML or MJML.'],
]

/** The text of a template that was pasted or uploaded and a name for it. Throws `InvalidError` at `source` for what is no such text. */
export function readUpload({ pasted, file }: Given): { text: string; name: string } {
  const text = file ? textOf(file.buffer) : pasted
  const problem = problemOf(text.trim())
  if (problem) throw new InvalidError({ source: problem })
  return { text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), name: nameOf(text, file?.originalname) }
}

function textOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1')
  const known = KINDS.find(([mark]) => start.startsWith(mark))
  if (known) throw new InvalidError({ source: known[1] })
  return decodeText(bytes, '')
}

function problemOf(text: string): string | null {
  if (text === '') return 'Paste a template, or choose a file with one.'
  if (text.length > LARGEST_TEMPLATE)
    return `A template has at most ${LARGEST_TEMPLATE.toLocaleString('en')} characters; this has ${text.length.toLocaleString('en')}.`
  if (text.includes('\0')) return 'This file is no text: choose an .html or .mjml file.'
  if (/^[{[]/.test(text) && isJson(text))
    return 'This is JSON, the working file of a builder: export the template as HTML or MJML.'
  if (
    /^Return-Path:|^(?:From|To|Received|MIME-Version|Date): /im.test(text.slice(0, 2000)) &&
    !/^\s*</.test(text)
  )
    return 'This is a whole e-mail with its headers: paste only its HTML.'
  return /<[a-z!]/i.test(text) ? null : 'There is not one tag in this: a template is MJML or HTML.'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function nameOf(text: string, fileName: string | undefined): string {
  const title = /<(?:mj-)?title[^>]*>([^<]{1,200})</i.exec(text)?.[1]?.trim() ?? ''
  const fromFile = fileName?.replace(/^.*[\\/]/, '').replace(/\.[a-z0-9]{1,5}$/i, '') ?? ''
  const name = fromFile || (/\*\||\{\{|<<|&/.test(title) ? '' : title)
  return name
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 100)
}
