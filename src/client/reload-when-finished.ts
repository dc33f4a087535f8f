/** Loads the page anew when the work it watches has moved on to another state, since it then offers other things. */
export function reloadWhenFinished(): void {
  document.addEventListener('htmx:sseClose', () => location.reload())
}
