/** The policy of a page that is a mail: its own inline style, pictures from anywhere; nothing in it may run or be sent. */
export function mailPolicy(frameAncestors: "'none'" | "'self'"): string {
  return `default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors ${frameAncestors}`
}
