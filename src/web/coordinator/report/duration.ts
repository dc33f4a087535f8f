const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]

/** A length of time as people say it, such as “2 hours 5 minutes”. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < MINUTE) return seconds < 1 ? 'less than a second' : many(seconds, 'second')
  if (seconds < HOUR) return both(seconds, [MINUTE, 'minute'], [1, 'second'])
  if (seconds < DAY) return both(seconds, [HOUR, 'hour'], [MINUTE, 'minute'])
  return both(seconds, [DAY, 'day'], [HOUR, 'hour'])
}

type Unit = [seconds: number, name: string]

function both(seconds: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((seconds % large) / small)
  const most = many(Math.floor(seconds / large), largeName)
  return rest === 0 ? most : `${most} ${many(rest, smallName)}`
}

function many(count: number, name: string): string {
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`
}
