/** The address of a picture where our pages may show it: by https from anywhere, or from ourselves; else null. */
export function shownPicture(url: string, { publicUrl }: { publicUrl: string }): string | null {
  const address = URL.parse(url, publicUrl)
  if (url === '' || !address) return null
  return address.protocol === 'https:' || address.origin === new URL(publicUrl).origin ? address.href : null
}
