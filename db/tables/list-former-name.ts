/** What a list was called until a moment; its name of today stands with the list. */
export type ListFormerNameTable = {
  list_id: string
  name: string
  until: Date
}
