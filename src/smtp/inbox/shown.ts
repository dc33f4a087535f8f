const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const BYTES_PER_KILOBYTE = 1000

/** A moment in the machine's own time zone: "09:05:11" today, "23 Nov, 09:05:11" on any other day. */
export function shownTimeNear(moment: Date, now: Date): string {
  return moment.toDateString() === now.toDateString() ? CLOCK.format(moment) : shownTime(moment)
}

/** A moment in the machine's own time zone, to the second: "24 Nov, 09:05:11". */
export function shownTime(moment: Date): string {
  return TIME.format(moment)
}

/** A size in the largest fitting unit: "812 B", "50.2 kB", "3.1 MB". */
export function shownSize(bytes: number): string {
  if (bytes < BYTES_PER_KILOBYTE) return `${bytes} B`
  const kilobytes = bytes / BYTES_PER_KILOBYTE
  return kilobytes < BYTES_PER_KILOBYTE
    ? `${kilobytes.toFixed(1)} kB`
    : `${(kilobytes / BYTES_PER_KILOBYTE).toFixed(1)} MB`
}
