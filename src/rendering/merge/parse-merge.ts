import { findTags } from './find-tags.js'
import { readTag, type Tag } from './read-tag.js'
import type { ConditionNode, FieldNode, Template } from './template.js'

/** A merge tag that cannot be used, with its place in the source; lines and columns count from 1. */
export type MergeError = { message: string; line: number; column: number }

export type ParsedMerge = { template: Template; errors: MergeError[] }

type Nodes = (string | FieldNode | ConditionNode)[]
type Frame = { name: string; at: number; then: Nodes; otherwise: Nodes | null }

/**
 * Reads the merge fields and conditions of an author's text in both spellings, `<<contact.EMAIL>>` and
 * `{{ contact.EMAIL }}`, also when an editor escaped them. Never throws: what is not a merge field stays as it was
 * written and is reported. `known` are the names such as contact.EMAIL; fields get the place `text`.
 */
export function parseMerge(source: string, known: readonly string[]): ParsedMerge {
  const { tags, unclosed } = findTags(source)
  const tree = new Tree()
  const mistakes = unclosed.map(({ from, closer }) => {
    return { at: from, message: `This merge field is not closed: it needs ${closer} at its end.` }
  })
  let end = 0
  for (const { from, to, inside, brackets } of tags) {
    tree.add(source.slice(end, from))
    end = to
    const tag = brackets === '{{{' ? NO_TRIPLE : readTag(inside, known)
    const message = tree.take(tag, from)
    if (tag.kind === 'wrong') tree.add(source.slice(from, to))
    if (message) mistakes.push({ at: from, message })
  }
  tree.add(source.slice(end))
  for (const at of tree.closeAll()) {
    mistakes.push({ at, message: 'This condition is never closed: add <</if>> where it ends.' })
  }
  const errors = mistakes
    .sort((a, b) => a.at - b.at)
    .map(({ at, message }) => ({ message, ...placeOf(source, at) }))
  return { template: tree.root, errors }
}

const NO_TRIPLE: Tag = {
  kind: 'wrong',
  message: 'Three braces are not a merge field. Merge fields look like {{ contact.EMAIL }}.',
}

/** The template as it grows: an open condition takes what comes until it is closed. */
class Tree {
  readonly root: Nodes = []
  private readonly open: Frame[] = []

  add(text: string): void {
    if (text === '') return
    const nodes = this.nodes()
    const last = nodes.at(-1)
    if (typeof last === 'string') nodes[nodes.length - 1] = last + text
    else nodes.push(text)
  }

  /** Takes a tag in; returns what is wrong with it, if anything. */
  take(tag: Tag, at: number): string | null {
    switch (tag.kind) {
      case 'field':
        this.nodes().push({ field: tag.name, fallback: tag.fallback, place: 'text' })
        return null
      case 'if':
        this.open.push({ name: tag.name, at, then: [], otherwise: null })
        return null
      case 'else':
        return this.startElse()
      case 'end':
        return this.close() === null ? 'There is an <</if>> without an <<#if …>> before it.' : null
      case 'wrong':
        return tag.message
    }
  }

  /** Closes what is still open; returns where each of them began. */
  closeAll(): number[] {
    const places: number[] = []
    for (let at = this.close(); at !== null; at = this.close()) places.push(at)
    return places
  }

  private nodes(): Nodes {
    const frame = this.open.at(-1)
    return frame ? (frame.otherwise ?? frame.then) : this.root
  }

  private startElse(): string | null {
    const frame = this.open.at(-1)
    if (!frame) return 'There is an <<else>> without an <<#if …>> before it.'
    if (frame.otherwise) return 'This condition has a second <<else>>.'
    frame.otherwise = []
    return null
  }

  private close(): number | null {
    const frame = this.open.pop()
    if (!frame) return null
    this.nodes().push({ if: frame.name, then: frame.then, else: frame.otherwise ?? [] })
    return frame.at
  }
}

function placeOf(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}
