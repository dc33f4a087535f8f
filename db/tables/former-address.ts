/** An address that a person had before they changed it, or that a record had which theirs took over; until it is proven to be somebody's again. */
export type FormerAddressTable = {
  /** The comparable form. */
  email_key: string
  email: string
  /** Whose it was. */
  subscriber_id: string
  until: Date
}
