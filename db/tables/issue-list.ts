import type { Selectable } from 'kysely'

/** The lists an issue goes to. */
export type IssueListTable = {
  issue_id: string
  list_id: string
}

export type IssueList = Selectable<IssueListTable>
