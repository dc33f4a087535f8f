/** Says beside the page's title how its saving stands; trouble stands out. */
export function say(words: string, isTrouble = false): void {
  const place = document.querySelector('[data-save-state]')
  if (!place) return
  place.textContent = words
  place.classList.toggle('text-error', isTrouble)
  place.classList.toggle('font-medium', isTrouble)
}

/** Tells those who do not see the page what has just been done; whoever sees it, sees it. */
export function announce(words: string): void {
  const place = document.querySelector('[data-said]')
  // The same words again are only read out when they come anew.
  if (place) place.textContent = place.textContent === words ? `${words}\u00a0` : words
}
