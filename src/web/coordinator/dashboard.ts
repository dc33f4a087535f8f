import { Router } from 'express'
import { subscriberCounts } from '../../audience/subscriber-counts.js'
import type { Context } from '../../context.js'
import { issueList } from '../../issues/issue.js'
import { organisation } from '../../issues/organisation.js'
import { newsCounts } from '../../news/news-counts.js'
import { newsLibrary } from '../../news/news-library.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { renderPage } from '../page.js'
import { openApprovalsView } from './open-approvals-view.js'

const SHOWN = 5

/** `/`: what is on the way, what comes next, and the first steps while something is still missing. */
export function dashboardRoutes(ctx: Context): Router {
  const router = Router()
  router.get('/', requireDuty('coordinate', 'operate', 'submit'), async (_req, res) => {
    // A partner works at the news desk alone.
    if (accountOf(res).role === 'partner') return res.redirect(303, '/news')
    const [issues, people, news, sender, { proposed }] = await Promise.all([
      issueList(ctx),
      subscriberCounts(ctx),
      newsLibrary(ctx, { limit: SHOWN }),
      organisation(ctx),
      newsCounts(ctx),
    ])
    const steps = [
      {
        done: sender.name !== '',
        href: '/settings',
        label: 'Say who sends: name, address, funding statement',
      },
      { done: people.total > 0, href: '/subscribers', label: 'Make a list and add its first subscribers' },
      { done: news.length > 0, href: '/news/new', label: 'Write the first news item' },
      { done: issues.length > 0, href: '/issues', label: 'Compose the first issue' },
    ]
    renderPage(res, 'coordinator/dashboard', {
      title: 'Dashboard',
      people,
      news,
      proposed,
      approvals: await openApprovalsView(ctx, accountOf(res).id),
      steps: steps.some(({ done }) => !done) ? steps : null,
      moving: issues.filter(({ status }) => ['sending', 'paused', 'scheduled'].includes(status)),
      drafts: issues.filter(({ status }) => status === 'draft').slice(0, SHOWN),
      sent: issues.filter(({ status }) => status === 'sent').slice(0, SHOWN),
    })
  })
  return router
}
