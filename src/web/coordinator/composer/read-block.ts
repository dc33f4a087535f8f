import { z } from 'zod'
import type { BlockKind } from '../../../rendering/blocks.js'
import { BLOCK_KIND_INFO, type BlockField } from './block-kinds.js'

/** What a button inside a news list asks for besides saving. */
const NewsChange = z
  .string()
  .regex(/^(add|up|down|remove):[0-9a-f-]{36}$/)
  .optional()
  .catch(undefined)

type Body = Readonly<Record<string, unknown>>

/** A block's content as its form says it; the verb that saves it checks it by the kind's schema. */
export function readBlock(kind: BlockKind, body: Body): Record<string, unknown> {
  const entries = BLOCK_KIND_INFO[kind].fields.map((field) => [field.name, readField(field, body)] as const)
  return Object.fromEntries(entries)
}

function readField(field: BlockField, body: Body): unknown {
  const given = body[field.name]
  switch (field.control) {
    case 'switch':
      return given === 'on'
    case 'one-news-item':
      return given ? String(given) : null
    case 'news-items':
      return changedList([given ?? []].flat().map(String).filter(Boolean), NewsChange.parse(body['change']))
    case 'choice':
      return field.name === 'columns' ? Number(given) : given
    case 'line':
    case 'rich':
    case 'address':
    case 'code':
      return typeof given === 'string' ? given : ''
  }
}

function changedList(ids: string[], change: string | undefined): string[] {
  if (!change) return ids
  const [verb, id = ''] = change.split(':')
  const others = ids.filter((other) => other !== id)
  const at = ids.indexOf(id)
  if (verb === 'add') return [...others, id]
  if (at < 0 || verb === 'remove') return others
  others.splice(verb === 'up' ? Math.max(0, at - 1) : at + 1, 0, id)
  return others
}
