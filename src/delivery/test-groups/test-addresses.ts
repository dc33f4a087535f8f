import { type Address, parseAddress } from '../../audience/address.js'
import { InvalidError } from '../../errors.js'

/** More at once is no test any more. */
export const TESTS_AT_ONCE = 30

/**
 * The addresses in a text, separated by commas, semicolons, spaces or lines, each once. Throws `InvalidError` at `field` naming the
 * one that is broken, or when there are too many.
 */
export function testAddresses(text: string, field: string): string[] {
  const found = new Map<string, Address>()
  for (const word of text.split(/[\s,;]+/).filter(Boolean)) {
    const address = parseAddress(word)
    if ('problem' in address)
      throw new InvalidError({ [field]: `“${word.slice(0, 100)}”: ${address.problem}` })
    if (!found.has(address.key)) found.set(address.key, address)
  }
  if (found.size > TESTS_AT_ONCE)
    throw new InvalidError({ [field]: `At most ${TESTS_AT_ONCE} addresses; these are ${found.size}.` })
  return [...found.values()].map(({ email }) => email)
}
