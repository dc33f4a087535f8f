/** What a domain verb throws when the caller, not the program, is wrong; web and workers map each kind once. */
export class DomainError extends Error {
  override name = 'DomainError'
}

/** The named thing does not exist (web: 404; job: not retried). */
export class NotFoundError extends DomainError {
  override name = 'NotFoundError'
}

/** The thing is no longer in the state the caller believed (web: 409; job: not retried). */
export class ConflictError extends DomainError {
  override name = 'ConflictError'
}

/** A link or token was good once and has run out (web: 410). */
export class ExpiredError extends DomainError {
  override name = 'ExpiredError'
}

/** Input that cannot be accepted; `issues` holds one plain sentence per field (web: 422, form shown again). */
export class InvalidError extends DomainError {
  override name = 'InvalidError'
  readonly issues: Readonly<Record<string, string>>

  constructor(issues: Readonly<Record<string, string>>) {
    super(Object.values(issues).join(' '))
    this.issues = issues
  }
}

/** The first sentence for each field that a schema found wrong, as `InvalidError` holds them. */
export function sentences(error: {
  issues: readonly { path: readonly PropertyKey[]; message: string }[]
}): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { path, message } of error.issues) found[String(path[0] ?? 'form')] ??= message
  return found
}
