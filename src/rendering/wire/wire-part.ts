import { holds, mergedValue } from '../merge/render-template.js'
import type { FieldNode, MergeValues, Template } from '../merge/template.js'
import { type Base64Run, Base64Writer, base64Run } from './base64.js'
import type { Chunks } from './chunks.js'
import { quotedPrintable } from './quoted-printable.js'

type Node<Run> = { run: Run } | FieldNode | { if: string; then: Node<Run>[]; else: Node<Run>[] }

/** The text or the HTML of an edition: fixed runs already encoded, fields and conditions between them. */
export type WirePart =
  | { encoding: 'quoted-printable'; nodes: Node<Buffer>[] }
  | { encoding: 'base64'; nodes: Node<Base64Run>[] }

/** Encodes what is fixed in a template, in whichever transfer encoding makes it smaller. */
export function compilePart(template: Template): WirePart {
  const quoted = compileNodes(template, (text) => Buffer.from(quotedPrintable(text), 'latin1'))
  const size = sizeOf(quoted, (run) => run.length)
  const based = compileNodes(template, base64Run)
  // In base64 four characters and a share of a line break stand for three bytes.
  const sizeInBase64 = sizeOf(based, (run) => Math.ceil((run.bytes.length * 78) / 57))
  return size <= sizeInBase64
    ? { encoding: 'quoted-printable', nodes: quoted }
    : { encoding: 'base64', nodes: based }
}

/** Writes a part for one reader; only the merged values are encoded. */
export function renderPart(part: WirePart, values: MergeValues, out: Chunks): void {
  if (part.encoding === 'quoted-printable') {
    walk(part.nodes, values, {
      run: (run) => out.bytes(run),
      value: (text) => out.text(quotedPrintable(text)),
    })
    return
  }
  const writer = new Base64Writer(out)
  walk(part.nodes, values, { run: (run) => writer.run(run), value: (text) => writer.value(text) })
  writer.end()
}

type Writer<Run> = { run(run: Run): void; value(text: string): void }

function walk<Run>(nodes: readonly Node<Run>[], values: MergeValues, writer: Writer<Run>): void {
  for (const node of nodes) {
    if ('run' in node) writer.run(node.run)
    else if ('field' in node) writer.value(mergedValue(node, values))
    else walk(holds(node.if, values) ? node.then : node.else, values, writer)
  }
}

function compileNodes<Run>(template: Template, encode: (text: string) => Run): Node<Run>[] {
  return template.map((node) => {
    if (typeof node === 'string') return { run: encode(node) }
    if ('field' in node) return node
    return { if: node.if, then: compileNodes(node.then, encode), else: compileNodes(node.else, encode) }
  })
}

function sizeOf<Run>(nodes: readonly Node<Run>[], measure: (run: Run) => number): number {
  return nodes.reduce((sum, node) => {
    if ('run' in node) return sum + measure(node.run)
    if ('field' in node) return sum
    return sum + Math.max(sizeOf(node.then, measure), sizeOf(node.else, measure))
  }, 0)
}
