/** What a page says after a form has done its work; the address carries the name, so that a reload says it again at most. */
const NOTICES = {
  'signed-out': 'You have signed out.',
  welcome: 'Welcome to Carillon. This is your account.',
  saved: 'Saved.',
  done: 'Done.',
  discarded: 'The draft is gone.',
  'password-changed': 'Your new password is set; your other browsers are signed out.',
  'list-archived': 'The list is out of use.',
  archived: 'Moved to the archive. Issues that use it keep it.',
  'pictures-added': 'The pictures are in the library.',
  'picture-removed': 'The picture is deleted.',
  restored: 'Back in the library.',
} as const

export type Notice = keyof typeof NOTICES

/** The sentence of a notice, or null for a name that is none. */
export function noticeText(name: unknown): string | null {
  return typeof name === 'string' && Object.hasOwn(NOTICES, name) ? NOTICES[name as Notice] : null
}

/** The address of a page with a notice on it. */
export function withNotice(path: string, notice: Notice): string {
  return `${path}${path.includes('?') ? '&' : '?'}notice=${notice}`
}
