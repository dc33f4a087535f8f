import type { Response } from 'express'
import { publicLists } from '../../../audience/lists.js'
import type { Context } from '../../../context.js'
import { publicIssue, type ReadIssue } from '../../../issues/archive/public-issue.js'
import { longDate } from '../../../issues/long-date.js'
import { organisation } from '../../../issues/organisation.js'
import { mailPolicy } from '../../mail-policy.js'
import { feedLinks } from './archive-page.js'
import { issuePath } from './archive-paths.js'

/** What is withdrawn may stay in caches that long; asking again costs an ETag's comparison. */
const A_WHILE = 'public, max-age=600'
/** Below this width networks show a picture small beside the text. */
const WIDE_PICTURE = 300

/** Answers with an issue as a page of its own: the mail that was sent, without anything of a reader, between two lines of ours. */
export async function showIssue(
  ctx: Pick<Context, 'db' | 'config'>,
  res: Response,
  at: { slug: string; language: string | null },
): Promise<void> {
  const issue = await publicIssue(ctx, at)
  const [sender, joinable] = await Promise.all([organisation(ctx), publicLists(ctx)])
  const view = {
    ...headView(issue, ctx.config.publicUrl),
    sender: sender.name,
    mayJoin: joinable.length > 0,
    joinPath: '/join',
    date: longDate('en-GB', issue.releasedAt),
    languages: languageLinks(issue),
  }
  const [head, before, after] = await Promise.all(
    ['issue-head', 'issue-before', 'issue-after'].map((part) => rendered(res, `archive/${part}`, view)),
  )
  res.set({ 'Content-Security-Policy': mailPolicy("'none'"), 'Cache-Control': A_WHILE })
  res.type('html').send(between(issue.html, { head: head ?? '', before: before ?? '', after: after ?? '' }))
}

function headView(issue: ReadIssue, publicUrl: string) {
  const { headline, summary, picture, language, languages, mainLanguage, releasedAt } = issue
  const isMain = language === mainLanguage
  const isWide = (picture?.width ?? 0) >= WIDE_PICTURE
  return {
    headline,
    summary,
    picture,
    hasSize: picture?.width && picture.height,
    card: isWide ? 'summary_large_image' : 'summary',
    canonical: publicUrl + issuePath(issue, isMain ? null : language),
    locale: /^[a-z]{2,3}-[A-Z]{2}$/.test(language) ? language.replace('-', '_') : null,
    moment: releasedAt.toISOString(),
    feeds: feedLinks(null, publicUrl),
    alternates:
      languages.length > 1
        ? languages.map((code) => ({
            code,
            url: publicUrl + issuePath(issue, code === mainLanguage ? null : code),
          }))
        : [],
  }
}

function languageLinks(issue: ReadIssue) {
  const { language, languages, mainLanguage } = issue
  if (languages.length < 2) return []
  return languages.map((code) => ({
    code,
    name: new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code,
    path: issuePath(issue, code === mainLanguage ? null : code),
    isCurrent: code === language,
  }))
}

function rendered(res: Response, page: string, view: object): Promise<string> {
  return new Promise((resolve, reject) => {
    res.render(page, { layout: false, ...view }, (error, html) => (error ? reject(error) : resolve(html)))
  })
}

type Parts = { head: string; before: string; after: string }

/** Puts our own lines into the document that the mail is. */
function between(mail: string, { head, before, after }: Parts): string {
  const inHead = mail.indexOf('</head>')
  const body = /<body\b[^>]*>/i.exec(mail.slice(Math.max(0, inHead)))
  if (inHead < 0 || !body) return mail
  const begin = inHead + body.index + body[0].length
  const end = Math.max(mail.lastIndexOf('</body>'), begin)
  return [
    mail.slice(0, inHead),
    head,
    mail.slice(inHead, begin),
    before,
    mail.slice(begin, end),
    after,
    mail.slice(end),
  ].join('')
}
