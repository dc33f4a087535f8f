const EVERY_MS = 3000

/**
 * Tells the parts of a page marked `data-refresh` to `refresh` every three seconds, but not under somebody's hands; one marked
 * `data-refresh="waiting"` only while something in it is marked `data-waiting`.
 */
export function refreshLive(): void {
  setInterval(() => {
    if (document.hidden) return
    for (const part of document.querySelectorAll<HTMLElement>('[data-refresh]'))
      if (mayRefresh(part)) part.dispatchEvent(new Event('refresh'))
  }, EVERY_MS)
}

function mayRefresh(part: HTMLElement): boolean {
  if (part.querySelector('details[open]') || part.contains(document.activeElement)) return false
  return part.dataset['refresh'] !== 'waiting' || part.querySelector('[data-waiting]') !== null
}
