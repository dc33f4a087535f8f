import { DomainError } from '../errors.js'

/** We do not open this address or do not take what it sends; the message is a sentence for people. */
export class FetchRefusedError extends DomainError {
  override name = 'FetchRefusedError'
}

/** The site did not give us the page this time; the message is a sentence for people. */
export class FetchFailedError extends DomainError {
  override name = 'FetchFailedError'
}

/** Whether an error says why a page could not be read, in words that may be shown. */
export function isFetchError(error: unknown): error is FetchRefusedError | FetchFailedError {
  return error instanceof FetchRefusedError || error instanceof FetchFailedError
}
