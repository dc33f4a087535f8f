// What campaigns, social networks and mail services append to a link without changing what it shows.
const TRACKING =
  /^(utm_.*|mtm_.*|pk_.*|hsa_.*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|ref_src)$/i
const LONGEST = 2000

/** A web link without the parameters that only say where a visitor came from; what is no web link stays as it is. */
export function withoutTracking(link: string): string {
  const url = URL.parse(link)
  if (!url || ![...url.searchParams.keys()].some((name) => TRACKING.test(name))) return link
  return bare(url).href
}

/**
 * A link without what differs between visits to one page: scheme, `www.`, port, fragment, tracking parameters, their order and a
 * closing slash. Two links with the same key lead to the same page. Empty for what is no web link.
 */
export function linkKey(link: string): string {
  const url = URL.parse(link.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return ''
  bare(url).searchParams.sort()
  const host = url.hostname.replace(/^www\./, '').replace(/\.$/, '')
  return `${host}${url.pathname.replace(/\/+$/, '')}${url.search}`.slice(0, LONGEST)
}

function bare(url: URL): URL {
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name)
  return url
}
