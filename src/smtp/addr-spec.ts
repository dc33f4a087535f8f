// RFC 5321 §4.5.3.1
const LOCAL_PART_MAX = 64
const ADDRESS_MAX = 254
const ADDR_SPEC = /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u

/** Whether a text is exactly one addr-spec (RFC 5321 §4.1.2) that may stand in a command: no list, group, quotes or line break. */
export function isOneAddress(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@'))
  return (
    ADDR_SPEC.test(address) && address.length <= ADDRESS_MAX && Buffer.byteLength(local) <= LOCAL_PART_MAX
  )
}

/** Whether an address can only be sent with SMTPUTF8 (RFC 6531 §3.2): its local part is not ASCII. */
export function needsSmtpUtf8(address: string): boolean {
  return /[^ -~]/.test(address.slice(0, address.lastIndexOf('@')))
}
