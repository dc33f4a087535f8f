import type { Pace, Stretch } from '../../../delivery/report/outcomes-over-time.js'
import { formatTime } from '../../local-time.js'
import { duration } from './duration.js'

const HEIGHT = 100
const [STEP, BAR] = [10, 8]
/** From the bottom of a bar to its top. */
const LAYERS = [
  { outcome: 'accepted', fill: 'fill-success' },
  { outcome: 'unknown', fill: 'fill-accent' },
  { outcome: 'rejected', fill: 'fill-error' },
] as const

/** An issue's pace as stacked bars in units of an SVG, one bar for each stretch of time, and as the rows of a table. */
export function paceChart({ seconds, stretches, firstAt, lastAt }: Pace, timeZone: string) {
  const top = Math.max(1, ...stretches.map(sum))
  return {
    width: stretches.length * STEP,
    height: HEIGHT,
    bars: stretches.flatMap((stretch, index) => barOf(stretch, { x: index * STEP + (STEP - BAR) / 2, top })),
    top,
    half: top % 2 === 0 ? top / 2 : null,
    stretch: duration(seconds * 1000),
    from: formatTime(new Date(firstAt), timeZone),
    to: formatTime(new Date(lastAt), timeZone),
    rows: stretches
      .filter((stretch) => sum(stretch) > 0)
      .map(({ at, ...counts }) => ({ ...counts, at: clockTime(new Date(at), { seconds, timeZone }) })),
    hasUnknown: stretches.some(({ unknown }) => unknown > 0),
  }
}

function barOf(stretch: Stretch, { x, top }: { x: number; top: number }) {
  let y = HEIGHT
  return LAYERS.flatMap(({ outcome, fill }) => {
    const height = rounded((HEIGHT * stretch[outcome]) / top)
    if (height === 0) return []
    y = rounded(y - height)
    return [{ x, y, width: BAR, height, fill }]
  })
}

function sum({ accepted, rejected, unknown }: Stretch): number {
  return accepted + rejected + unknown
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100
}

function clockTime(moment: Date, { seconds, timeZone }: { seconds: number; timeZone: string }): string {
  const options: Intl.DateTimeFormatOptions = {
    dateStyle: 'medium',
    timeStyle: seconds < 60 ? 'medium' : 'short',
    timeZone,
  }
  return new Intl.DateTimeFormat('en-GB', options).format(moment)
}
