import type { CanaryState } from '../delivery/canary-state.js'

/** A canary in words, with an icon and how good it is. */
export type CanaryView = { title: string; text: string; isRunning: boolean; isGood: boolean; isBad: boolean }

/** Who gets an issue first and what came of it, as a page says it. */
export function canaryView(state: CanaryState | null): CanaryView | null {
  if (!state) return null
  const { status, waiting, tried, refused, limitPercent, triesSubjects } = state
  const sums = `${grouped(refused)} of ${grouped(tried)} refused it; ${limitPercent} % may.`
  const isOverLimit = tried > 0 && (100 * refused) / tried > limitPercent
  if (triesSubjects && status !== 'failed') return subjectsView(state)
  if (status === 'failed')
    return view(
      'The first readers are a warning',
      `${sums} It paused itself: go on all the same, or cancel it.`,
      'bad',
    )
  if (status === 'passed')
    return isOverLimit
      ? view('The first readers were a warning, and somebody let it go on', sums, 'plain')
      : view('The first readers took it', tried === 0 ? 'None of them was left to be sent to.' : sums, 'good')
  if (status === 'running')
    return view(
      `First to ${whom(state)}`,
      `${grouped(tried)} of ${grouped(tried + waiting)} have been tried, ${grouped(refused)} refused. The others follow when at most ${limitPercent} % refuse.`,
      'running',
    )
  const rule = `The others follow when at most ${limitPercent} % of them refuse it; else it pauses itself.`
  return view(`First to ${whom(state)}`, rule, 'plain')
}

function subjectsView({ status, percent, waiting, tried }: CanaryState): CanaryView {
  const part = `${percent} % of the readers`
  if (status === 'passed') return view('The subject is chosen', `${part} tried the subjects.`, 'good')
  if (status === 'running')
    return view(
      `Trying the subjects on ${part}`,
      `${grouped(tried)} of ${grouped(tried + waiting)} have been tried. The others follow with the subject that is chosen.`,
      'running',
    )
  return view(`First to ${part}, to try the subjects`, 'The others follow with the best one.', 'plain')
}

function whom({ listName, percent }: CanaryState): string {
  return listName === null ? `${percent} % of the readers` : `the people of “${listName}”`
}

function view(title: string, text: string, mood: 'good' | 'bad' | 'running' | 'plain'): CanaryView {
  return { title, text, isRunning: mood === 'running', isGood: mood === 'good', isBad: mood === 'bad' }
}

function grouped(number: number): string {
  return number.toLocaleString('en')
}
