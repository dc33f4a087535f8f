import { parseArgs } from 'node:util'
import { z } from 'zod'

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

const Options = z.object({
  recipients: whole(1, 2_000_000).default(50_000),
  kilobytes: whole(5, 500).default(50),
  connections: whole(1, 200).default(40),
  workers: whole(1, 16).default(1),
  backend: z.enum(['redis', 'postgres']).default('postgres'),
  dkim: z.boolean().default(false),
  sweep: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** What `npm run bench:send` was asked for. */
export type BenchOptions = z.infer<typeof Options>

/** Reads the command line; throws a sentence for an option it does not know. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      recipients: { type: 'string' },
      kilobytes: { type: 'string' },
      connections: { type: 'string' },
      workers: { type: 'string' },
      backend: { type: 'string' },
      dkim: { type: 'boolean' },
      sweep: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  })
  return Options.parse(values)
}
