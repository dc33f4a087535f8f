/** What the editor completes: tags with what may stand in them, slots of the design, names of merge fields. */
export type Vocabulary = {
  tags: Record<string, { children: string[]; attrs: Record<string, string[] | null> }>
  slots: string[]
  fields: string[]
}

/** Something wrong with the template, as the server found it; lines and columns count from 1. */
export type ShownProblem = { isError: boolean; line: number | null; column: number | null; message: string }
