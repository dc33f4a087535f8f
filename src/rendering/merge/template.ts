/** Where a merged value lands; it decides how the value is made harmless. */
export type Place =
  /** Plain text: subject and text part. */
  | 'text'
  /** Text or a quoted attribute in HTML: escaped. */
  | 'html'
  /** Inside a web address of an HTML attribute: percent-encoded and escaped. */
  | 'url'
  /** The whole web address or its beginning: only http, https and mailto, escaped. */
  | 'link'
  /** Inside a web address in plain text: percent-encoded, nothing more. */
  | 'address'

export type FieldNode = { field: string; fallback: string; place: Place }
export type ConditionNode = { if: string; then: Template; else: Template }

/** A text with merge fields, as plain JSON: fixed runs, fields and conditions in order. */
export type Template = readonly (string | FieldNode | ConditionNode)[]

/** What a template is rendered with; every value is text and is never interpreted. */
export type MergeValues = {
  contact: Readonly<Record<string, string>>
  issue: Readonly<Record<string, string>>
  links: Readonly<Record<string, string>>
}
