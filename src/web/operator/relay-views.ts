import type { RelayState } from '../../../db/tables/relay.js'
import type { Config } from '../../config.js'
import { parseRelays } from '../../smtp/relay/relay.js'

/** Every mail server that is set, and others that rest, with how each stands. */
export function relayViews(config: Config, states: readonly RelayState[], now: Date) {
  const names = config.smtpUrl
    ? parseRelays(config.smtpUrl, { connections: config.smtpConnections }).map(({ name }) => name)
    : []
  const others = states.filter(({ name, rests_until }) => !names.includes(name) && isAhead(rests_until, now))
  return [...names, ...others.map(({ name }) => name)].map((name) => {
    const state = states.find((one) => one.name === name)
    const isResting = isAhead(state?.rests_until ?? null, now)
    return {
      name,
      isResting,
      // Its rest is over; whether the trouble is, too, shows with the next mail.
      isTried: !isResting && Boolean(state?.text),
      until: state?.rests_until,
      since: state?.changed_at,
      said: state ? [state.stage, state.text].filter(Boolean).join(': ') : '',
    }
  })
}

function isAhead(moment: Date | null, now: Date): boolean {
  return moment !== null && moment > now
}
