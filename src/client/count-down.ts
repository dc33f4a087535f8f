/** Counts the seconds down in the element marked `data-count-down`, and in the bar beside it, until an issue leaves. */
export function countDown(): void {
  const shown = document.querySelector<HTMLElement>('[data-count-down]')
  if (!shown) return
  const bar = document.querySelector<HTMLProgressElement>('progress[data-count-down-bar]')
  const endsAt = performance.now() + 1000 * Number(shown.dataset['countDown'])
  const show = () => {
    const left = Math.max(0, (endsAt - performance.now()) / 1000)
    const seconds = Math.ceil(left)
    shown.textContent = seconds > 0 ? `in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : 'now'
    if (bar) bar.value = left
    if (seconds === 0) clearInterval(ticking)
  }
  const ticking = setInterval(show, 250)
  show()
}
