import { InvalidError } from './errors.js'

/** Every time zone that a form offers. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]
}

/**
 * The time zone that somebody typed: its name in any case, or only its city. Throws `InvalidError` at `field` when there is
 * none, or several with that city.
 */
export function readTimeZone(typed: unknown, field: string): string {
  const name = String(typed ?? '')
    .trim()
    .replace(/\s+/g, '_')
    .toLowerCase()
  const known = timeZones().map((zone) => ({ zone, key: zone.toLowerCase() }))
  const found =
    known.filter(({ key }) => key === name)[0] ??
    onlyOne(known.filter(({ key }) => name !== '' && key.endsWith(`/${name}`)))
  if (found) return found.zone
  // Older names of the same zones are good, too; the lists of browsers and of this machine differ.
  if (isTimeZone(String(typed ?? ''))) return String(typed)
  throw new InvalidError({ [field]: 'There is no such time zone. Type a city and choose from the list.' })
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)
  } catch {
    return false
  }
}
