const EVERY_MS = 3000

/** Tells the part of a page marked `data-refresh` to `refresh` every three seconds, but not under somebody's hands. */
export function refreshLive(): void {
  setInterval(() => {
    const part = document.querySelector<HTMLElement>('[data-refresh]')
    if (
      !part ||
      document.hidden ||
      part.querySelector('details[open]') ||
      part.contains(document.activeElement)
    )
      return
    part.dispatchEvent(new Event('refresh'))
  }, EVERY_MS)
}
