import type { RoundResult } from './round.js'

/** What must never happen, and did in a round; empty when the ledger held. */
export function faultsOf(result: RoundResult): string[] {
  const { lost, twice, invented, denied, unexplained, bound, unclean, crashes } = result
  const some = (what: string, who: readonly string[]) =>
    who.length > 0 ? [`${who.length} ${what}: ${who.slice(0, 3).join(', ')}`] : []
  return [
    ...some('readers without a final row', lost),
    ...some('readers who got two', twice),
    ...some('accepted in the ledger alone', invented),
    ...some('taken by the mail server, denied by the ledger', denied),
    ...(unexplained > bound ? [`${unexplained} in doubt, at most ${bound} allowed`] : []),
    ...crashes.map((words) => `a worker ended on its own: ${words}`),
    ...(unclean > 0 ? [`${unclean} workers did not end cleanly when asked to`] : []),
  ]
}
