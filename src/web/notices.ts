/** What a page says after a form has done its work; the address carries the name, so that a reload says it again at most. */
const NOTICES = {
  'signed-out': 'You have signed out.',
  welcome: 'Welcome to Carillon. This is your account.',
  saved: 'Saved.',
  'import-discarded': 'The file is forgotten; nobody was changed.',
  done: 'Done.',
  emptied: 'Everything that was captured is gone.',
  discarded: 'The draft is gone.',
  'password-changed': 'Your new password is set; your other browsers are signed out.',
  'segment-archived': 'The segment is out of use. Issues that have it keep it.',
  'field-archived': 'The field is in the archive; what people have in it stays.',
  'form-closed': 'The form is closed.',
  'list-archived': 'The list is out of use.',
  proposed: 'Thank you. The office sees your proposal now, and you see here what becomes of it.',
  accepted: 'Accepted: it is in the library now.',
  rejected: 'Rejected. Your note stands beside it.',
  reopened: 'It waits as a proposal again.',
  'feed-added': 'The feed is added and being read. What is new in it appears among the proposals.',
  'feed-removed': 'The feed is removed. Its news stays.',
  'being-checked': 'The feed is being read. Reload this page in a moment.',
  archived: 'Moved to the archive. Issues that use it keep it.',
  'pictures-added': 'The pictures are in the library.',
  'picture-removed': 'The picture is deleted.',
  merged: 'The two records are one now.',
  duplicated: 'This is the copy: same content, same lists.',
  'subject-chosen': 'Everybody else gets it with this subject now.',
  planned: 'It stands in the calendar.',
  'digest-removed': 'The plan is gone. The issues that it made stay.',
  restored: 'Back in the library.',
  'version-restored': 'The earlier version is the present one again.',
  'template-imported': 'The template is kept. Look it over here before an issue uses it.',
  'template-copied': 'This is the copy.',
  'template-archived': 'The template is in the archive. Issues that have it keep it.',
  'template-returned': 'The template can be chosen again.',
  'suppression-lifted': 'Lifted: mail may go there again.',
  erased: 'The person is erased. A hash that only this address fits keeps it from coming back by mistake.',
  'template-removed': 'The template is deleted.',
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
