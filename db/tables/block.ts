import type { ColumnType, Selectable } from 'kysely'

/** One part of an issue; `content` has the shape of its kind in src/rendering/blocks.ts. */
export type BlockTable = {
  id: string
  issue_id: string
  position: number
  kind: string
  content: ColumnType<unknown, string, string>
}

export type Block = Selectable<BlockTable>
