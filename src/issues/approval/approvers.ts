import type { DatabaseOrTx } from '../../../db/database.js'

/** The roles that compose issues, and so may approve them. */
export const OFFICE_ROLES = ['coordinator', 'admin'] as const

export type Colleague = { id: string; name: string; email: string }

/** Everybody who may compose issues and is not locked out, by name. */
export async function officeOf(db: DatabaseOrTx): Promise<Colleague[]> {
  return db
    .selectFrom('account')
    .select(['id', 'name', 'email'])
    .where('role', 'in', OFFICE_ROLES)
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export type Authors = { createdBy: string | null; submittedBy: string | null }

/**
 * Who of the office may approve: somebody who neither began nor submitted the issue; where there is nobody else, somebody who did not
 * submit it, for two people have then seen all of it; and one who works alone.
 */
export function approversOf<C extends Pick<Colleague, 'id'>>(office: readonly C[], authors: Authors): C[] {
  const { createdBy, submittedBy } = authors
  const fresh = office.filter(({ id }) => id !== createdBy && id !== submittedBy)
  if (fresh.length > 0) return fresh
  const second = office.filter(({ id }) => id !== submittedBy)
  return second.length > 0 ? second : [...office]
}
