import { type Logger, pino } from 'pino'

export type Log = Logger

/** Structured log on standard output; addresses, tokens and secrets must not be handed to it, known fields are removed. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        'email',
        '*.email',
        'to',
        'token',
        '*.token',
        'password',
        '*.password',
        'req.headers',
        'cookie',
      ],
      remove: true,
    },
  })
}
