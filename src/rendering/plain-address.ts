const HOST = /^(https?:\/\/(?:[^/?#@]*@)?)([^/?#:]+)/i

/**
 * A web or mail address as plain text can carry it: only visible ASCII, so that every mail client finds its end.
 * Spaces, letters beyond ASCII and stray per cent signs are percent-encoded (RFC 3986), hosts become A-labels (RFC 5891),
 * what is encoded already stays as it is.
 */
export function plainAddress(url: string): string {
  return url
    .trim()
    .toWellFormed()
    .replace(
      HOST,
      (whole, before: string, host: string) => before + asciiHost(host, whole.slice(before.length)),
    )
    .replace(/%(?![0-9a-f]{2})/gi, '%25')
    .replace(/[^\x21-\x7e]|[<>"`]/gu, (character) => encodeURIComponent(character))
}

function asciiHost(host: string, otherwise: string): string {
  if (/^[\x21-\x7e]*$/.test(host)) return host
  const address = `http://${host}`
  return URL.canParse(address) ? new URL(address).hostname : otherwise
}
