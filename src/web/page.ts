import type { Response } from 'express'
import { type Duty, mayDo } from '../accounts/role.js'
import { noticeText } from './notices.js'

type NavEntry = {
  path: string
  label: string
  icon: string
  duties: readonly Duty[]
  /** Where it is the current one; its own path unless said. */
  pages?: readonly string[]
}

const NAV: readonly NavEntry[] = [
  { path: '/', label: 'Dashboard', icon: 'layout-dashboard', duties: ['coordinate', 'operate'] },
  {
    path: '/issues',
    label: 'Issues',
    icon: 'mails',
    duties: ['coordinate'],
    pages: ['/issues', '/calendar', '/digests'],
  },
  { path: '/news', label: 'News desk', icon: 'newspaper', duties: ['submit'] },
  { path: '/pictures', label: 'Pictures', icon: 'images', duties: ['coordinate'] },
  { path: '/templates', label: 'Templates', icon: 'layout-template', duties: ['coordinate'] },
  {
    path: '/subscribers',
    label: 'Subscribers',
    icon: 'users',
    duties: ['coordinate'],
    pages: ['/subscribers', '/segments', '/lists', '/forms'],
  },
  { path: '/suppressions', label: 'Suppressions', icon: 'ban', duties: ['coordinate', 'operate'] },
  { path: '/operations', label: 'Operations', icon: 'activity', duties: ['operate'] },
  { path: '/settings', label: 'Settings', icon: 'settings', duties: ['coordinate', 'operate'] },
]

/** Renders a page of templates/pages with the navigation, the account and its forms' token around it. */
export function renderPage(
  res: Response,
  page: string,
  view: { title: string } & Record<string, unknown>,
): void {
  const { signedIn } = res.locals
  if (!signedIn) throw new Error('This route lacks requireDuty.')
  const { account, csrfToken } = signedIn
  const { path, query } = { path: res.req.baseUrl + res.req.path, query: res.req.query }
  res.set('Cache-Control', 'no-store').render(page, {
    layout: 'coordinator',
    account,
    csrfToken,
    nav: NAV.filter(({ duties }) => duties.some((duty) => mayDo(account.role, duty))).map((entry) => ({
      ...entry,
      isCurrent:
        entry.path === '/'
          ? path === '/'
          : (entry.pages ?? [entry.path]).some((page) => path.startsWith(page)),
    })),
    notice: noticeText(query['notice']),
    ...view,
  })
}
