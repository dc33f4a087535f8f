/** What comes of sending a form: nothing more to do, to be sent again by itself, or by its button only. */
export type Outcome = 'saved' | 'refused' | 'again' | 'stopped'

/** What is said when the server took a form for none of the reasons that a form knows of, and whether to try again. */
export function troubleOf({ status, redirected }: Response): { words: string; outcome: Outcome } {
  // Who has signed in again, in another tab, is let in without another word.
  if (status === 401 || redirected)
    return {
      words:
        'Not saved: you are signed out. Sign in in another tab; what you typed stays here and is saved then.',
      outcome: 'again',
    }
  if (status === 403)
    return {
      words: 'Not saved: you may not change this any more. What you typed is still here.',
      outcome: 'stopped',
    }
  if (status === 404 || status === 410)
    return { words: 'Not saved: this is no longer there. Copy what you typed.', outcome: 'stopped' }
  if (status === 413) return { words: 'Not saved: this is too long.', outcome: 'refused' }
  if (status >= 500)
    return { words: 'Not saved yet: something went wrong on our side. Trying again …', outcome: 'again' }
  return { words: 'Not saved: the server did not take it. What you typed is still here.', outcome: 'refused' }
}
