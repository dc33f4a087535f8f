import { Router } from 'express'
import type { Context } from '../../../context.js'
import { publicIssues } from '../../../issues/archive/public-issues.js'
import { escapeHtml } from '../../../rendering/merge/render-template.js'
import { issuePath } from './archive-paths.js'

/** What one sitemap may hold (sitemaps.org). */
const MOST_ADDRESSES = 50_000
const A_WHILE = 'public, max-age=3600'

/** `/robots.txt` and `/sitemap.xml`: search engines may read the archive and its pictures, and nothing else. */
export function robotRoutes(ctx: Pick<Context, 'db' | 'config'>): Router {
  const { publicUrl } = ctx.config
  const router = Router()
  router.get('/robots.txt', (_req, res) => {
    res.set('Cache-Control', A_WHILE).type('text').send(rules(publicUrl))
  })
  router.get('/sitemap.xml', async (_req, res) => {
    const { issues } = await publicIssues(ctx, { limit: MOST_ADDRESSES - 1 })
    const newest = issues[0]?.releasedAt
    const entries = [
      entry(`${publicUrl}/archive`, newest),
      ...issues.map((issue) => entry(publicUrl + issuePath(issue), issue.releasedAt)),
    ]
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`
    res.set('Cache-Control', A_WHILE).type('application/xml').send(xml)
  })
  return router
}

function entry(url: string, changedAt: Date | undefined): string {
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
  return `<url><loc>${escapeHtml(url)}</loc>${changed}</url>`
}

// The longest rule that fits wins (RFC 9309 §2.2.2), so what is allowed needs no exceptions.
function rules(publicUrl: string): string {
  return [
    'User-agent: *',
    'Disallow: /',
    'Allow: /archive',
    'Allow: /pictures/',
    'Allow: /assets/',
    'Disallow: /archive?q=',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n')
}
