/** Ctrl+Z undoes a change of the draft, Ctrl+Y and Ctrl+Shift+Z do it again, unless a field that has its own undo is being written in. */
export function stepByKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isWriting(event.target)) return
    const key = event.key.toLowerCase()
    const step = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' ? 'redo' : null
    const button = step && document.querySelector<HTMLButtonElement>(`#${step}`)
    if (!button || button.disabled) return
    event.preventDefault()
    button.click()
  })
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null
  )
}
