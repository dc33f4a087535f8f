import type { SendingSettings } from '../../../db/tables/sending-settings.js'
import { opensAt } from '../../delivery/limits/sending-window.js'
import { InvalidError } from '../../errors.js'
import { readTimeZone } from '../../time-zones.js'
import { formatTime, localMoments, offsetOf } from '../local-time.js'

/** What a form says about a time: day and hour, the zone they are meant in, and which of two when the clocks go back. */
export type TypedTime = {
  sendAt: string
  zone: string
  which: string
  /** Whether everybody gets it then by their own clock. */
  isOwn: boolean
}

/** The moment that a form means, and the zone it was said in. Throws `InvalidError` at `sendAt`, `zone` or `which`. */
export function readSendTime(typed: TypedTime): { moment: Date; zone: string } {
  const zone = readTimeZone(typed.zone, 'zone')
  const [first, second] = localMoments(typed.sendAt, { timeZone: zone, field: 'sendAt' })
  if (!second) return { moment: first, zone }
  if (typed.which === 'first') return { moment: first, zone }
  if (typed.which === 'second') return { moment: second, zone }
  throw new InvalidError({ which: 'This time comes twice on that day. Say which one you mean.' })
}

/** What a page says below a time that is being chosen. */
export type WhenNote = {
  problem: string | null
  /** Both meanings of an hour that comes twice. */
  twice: { value: string; label: string; isChosen: boolean }[] | null
  /** What it is by the account's own clock, unless that says the same. */
  own: string | null
  /** When mail may leave after it, unless it may then. */
  opens: Date | null
  isPast: boolean
}

type Circumstances = { settings: SendingSettings; ownZone: string; now: Date }

/** What there is to say about a time that is being chosen. */
export function whenNote(typed: TypedTime, { settings, ownZone, now }: Circumstances): WhenNote {
  const nothing = { problem: null, twice: null, own: null, opens: null, isPast: false }
  try {
    const zone = readTimeZone(typed.zone, 'zone')
    const moments = localMoments(typed.sendAt, { timeZone: zone, field: 'sendAt' })
    const [first, second] = moments
    const moment = typed.which === 'second' && second ? second : first
    return {
      ...nothing,
      twice: second ? twice(moments, { zone, which: typed.which }) : null,
      own: zone === ownZone ? null : moments.map((one) => formatTime(one, ownZone)).join(' or '),
      opens: opensAt(settings, moment),
      isPast: moment.getTime() <= now.getTime(),
    }
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    return { ...nothing, problem: error.message }
  }
}

function twice(moments: readonly Date[], { zone, which }: { zone: string; which: string }) {
  return ['first', 'second'].map((value, index) => ({
    value,
    label: `The ${value} time, while ${zone} is at UTC ${offsetOf(moments[index] ?? new Date(0), zone)}`,
    isChosen: which === value,
  }))
}
