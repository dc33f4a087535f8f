/** Raised for settings that cannot be used, with one line per variable; never quotes a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}
