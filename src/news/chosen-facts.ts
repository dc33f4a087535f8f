import { dayOf, harmless, languageOf, plainText, webLink } from './clean-facts.js'
import { withoutTracking } from './link-key.js'
import type { PageFacts, WrittenFacts } from './read-page-facts.js'

const LONGEST_TITLE = 300
const LONGEST_SUMMARY = 600
const LONGEST_ALT = 300
const LONGEST_SITE = 100

/** Of everything that a page says, what fits best: the words for sharing first, then its data, then its head and body. */
export function chosenFacts(written: WrittenFacts, foundAt: string): PageFacts {
  const { metas, links, data } = written
  const base = webLink(written.base, foundAt) || foundAt
  const meta = (...names: string[]) => names.map((name) => metas.get(name)).find(Boolean)
  const site = plainText(meta('og:site_name', 'application-name'), LONGEST_SITE)
  const title = plainText(
    meta('og:title', 'twitter:title') ?? data.headline ?? (written.title || written.heading),
    LONGEST_TITLE,
  )
  const described =
    meta('og:description', 'twitter:description', 'description', 'dc.description') ?? data.description
  return {
    title: harmless(withoutSite(title, site)),
    summary: harmless(plainText(described, LONGEST_SUMMARY)),
    url: ownAddress(links.get('canonical') ?? meta('og:url'), { base, foundAt }),
    imageUrl: webLink(
      meta('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ??
        data.image ??
        links.get('image_src'),
      base,
    ),
    imageAlt: plainText(meta('og:image:alt', 'twitter:image:alt'), LONGEST_ALT),
    language: languageOf(written.language ?? data.inLanguage ?? meta('og:locale', 'dc.language', 'language')),
    publishedOn: dayOf(
      meta(
        'article:published_time',
        'og:published_time',
        'datepublished',
        'date',
        'dc.date',
        'dcterms.date',
      ) ??
        data.datePublished ??
        written.times[0],
    ),
    site,
    feeds: written.feeds.map((feed) => webLink(feed, base)).filter(Boolean),
  }
}

// A canonical link to another site's front page is a common mistake, and a way to put a foreign link into a newsletter.
function ownAddress(said: string | undefined, { base, foundAt }: { base: string; foundAt: string }): string {
  const canonical = webLink(said, base)
  const [own, found] = [URL.parse(canonical), new URL(foundAt)]
  const bare = (host: string) => host.replace(/^www\./, '')
  const isSame = own !== null && bare(own.hostname) === bare(found.hostname)
  const isFront = own?.pathname === '/' && found.pathname !== '/'
  return withoutTracking(isSame && !isFront ? canonical : foundAt)
}

function withoutSite(title: string, site: string): string {
  const tail = site
    ? new RegExp(`\\s+[|–—·:-]\\s+${site.replace(/[.*+?^\${}()|[\]\\]/g, '\\$&')}$`, 'i')
    : null
  return (tail && title.replace(tail, '')) || title
}
