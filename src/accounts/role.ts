import type { Account } from '../../db/tables/account.js'

export type Role = Account['role']

/** What a part of the product asks for: to compose and to look after subscribers, to submit news, to operate, or to administer. */
export type Duty = 'coordinate' | 'submit' | 'operate' | 'administer'

const DUTIES: Readonly<Record<Role, readonly Duty[]>> = {
  coordinator: ['coordinate', 'submit'],
  operator: ['operate'],
  admin: ['coordinate', 'submit', 'operate', 'administer'],
  partner: ['submit'],
}

/** Whether a role carries a duty. */
export function mayDo(role: Role, duty: Duty): boolean {
  return DUTIES[role].includes(duty)
}
