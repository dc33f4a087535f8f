import type { Response } from 'express'
import { mayDo } from '../../../accounts/role.js'
import { accountOf } from '../../middleware/sessions.js'

/** Whether the account decides about news; a partner only submits it. */
export function isOffice(res: Response): boolean {
  return mayDo(accountOf(res).role, 'coordinate')
}

/** The one region that a partner sees; undefined for the office, which sees all. */
export function regionOf(res: Response): string | undefined {
  return isOffice(res) ? undefined : accountOf(res).region
}
