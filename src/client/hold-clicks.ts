/**
 * Shows the composer around an element as busy, as htmx does while it asks, from a click until its request may begin: a second click would
 * be overtaken by what the first one brings. Answers what ends that.
 */
export function holdClicks(within: Element): () => void {
  const composer = within.closest('#composer')
  composer?.classList.add('htmx-request')
  return () => composer?.classList.remove('htmx-request')
}
