import type { Response } from 'express'
import { mayDo } from '../../accounts/role.js'
import { accountOf } from '../middleware/sessions.js'

/** The tabs over the pages of settings that this account may open. */
export function settingTabs(res: Response, current: string): object[] {
  const { role } = accountOf(res)
  return [
    { href: '/settings', label: 'Who sends', isShown: mayDo(role, 'coordinate') },
    { href: '/settings/brand', label: 'Brand', isShown: mayDo(role, 'coordinate') },
    { href: '/settings/fields', label: 'Fields', isShown: mayDo(role, 'coordinate') },
    { href: '/settings/sending', label: 'Sending', isShown: mayDo(role, 'operate') },
    { href: '/settings/test-groups', label: 'Test groups', isShown: mayDo(role, 'coordinate') },
    { href: '/settings/retention', label: 'Retention', isShown: mayDo(role, 'coordinate') },
    { href: '/settings/me', label: 'Your account', isShown: true },
    { href: '/settings/accounts', label: 'Everybody', isShown: mayDo(role, 'administer') },
  ]
    .filter(({ isShown }) => isShown)
    .map((tab) => ({ ...tab, isCurrent: tab.href === current }))
}
