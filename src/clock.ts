/** Where the present moment comes from; tests hand in one that stands still. */
export type Clock = { now(): Date }

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }
