import type { Generated, Selectable } from 'kysely'

/**
 * A picture as newsletters embed it. `name` is its file's: half the `sha256` of these bytes and an extension; `source_sha256`
 * is of what was uploaded, so that the same file need not be converted again; `bytes` is its weight.
 */
export type PictureTable = {
  id: string
  name: string
  sha256: string
  source_sha256: string
  file_name: Generated<string>
  alt: Generated<string>
  type: 'image/jpeg' | 'image/png' | 'image/gif'
  width: number
  height: number
  frames: Generated<number>
  bytes: number
  created_by: string | null
  created_at: Date
}

export type Picture = Selectable<PictureTable>
