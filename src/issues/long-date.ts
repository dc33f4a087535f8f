/** The day of a moment in words, as an issue in that language says it (in UTC), such as “2 March 2026”. */
export function longDate(language: string, moment: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(moment)
}
