/** A row that was not taken, with the reason in a sentence and its own cells (a JSON array of texts). */
export type ImportRefusalTable = {
  import_id: string
  place: number
  file_no: number
  line: number
  email_key: string | null
  reason: string
  cells: string
}
