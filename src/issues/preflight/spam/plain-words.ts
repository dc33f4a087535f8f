/** What the rules that newsletters run into mean, in words for people who write. */
const WORDS: Readonly<Record<string, string>> = {
  SUBJ_ALL_CAPS: 'the subject is all in capital letters',
  SUBJECT_ALL_CAPS: 'the subject is all in capital letters',
  PLING_QUERY: 'the subject has both an exclamation and a question mark',
  UPPERCASE_50_75: 'more than half of the letters are capitals',
  UPPERCASE_75_100: 'nearly all of the letters are capitals',
  HTML_IMAGE_ONLY_04: 'the mail is nearly all pictures',
  HTML_IMAGE_ONLY_08: 'the mail is nearly all pictures',
  HTML_IMAGE_ONLY_12: 'the mail is mostly pictures',
  HTML_IMAGE_ONLY_16: 'the mail is mostly pictures',
  HTML_IMAGE_ONLY_20: 'the mail has few words beside its pictures',
  HTML_IMAGE_ONLY_24: 'the mail has few words beside its pictures',
  HTML_IMAGE_ONLY_28: 'the mail has few words beside its pictures',
  HTML_IMAGE_ONLY_32: 'the mail has few words beside its pictures',
  HTML_FONT_LOW_CONTRAST: 'some letters are nearly as pale as what is behind them',
  HTML_FONT_TINY_NORDNS: 'some letters are tiny',
  MIME_HTML_ONLY: 'there is no plain text beside the HTML',
  MPART_ALT_DIFF: 'the plain text says something else than the HTML',
  MPART_ALT_DIFF_COUNT: 'the plain text says something else than the HTML',
  LOTS_OF_MONEY: 'it speaks of large sums of money',
  MONEY_FORM: 'it speaks of money and asks to fill in a form',
  URG_BIZ: 'it sounds like an urgent business offer',
  DEAR_FRIEND: 'it begins with “Dear friend”',
  ADVANCE_FEE_2_NEW_MONEY: 'it reads like a promise of money for a small fee',
  FREEMAIL_FROM: 'the sender’s address is at a provider of free mailboxes',
  FREEMAIL_REPLYTO: 'answers go to a free mailbox of somebody else',
  FREEMAIL_FORGED_REPLYTO: 'answers go to a free mailbox, and the mail is not from there',
  URI_PHISH: 'a link looks like one that steals passwords',
  NORMAL_HTTP_TO_IP: 'a link leads to a bare number instead of a name',
  NUMERIC_HTTP_ADDR: 'a link leads to a bare number instead of a name',
  HTTPS_HTTP_MISMATCH: 'the words of a link show another address than the one it leads to',
  MISSING_SUBJECT: 'there is no subject',
  EMPTY_MESSAGE: 'there are next to no words',
  DEAR_SOMETHING: 'it begins with “Dear Sir or Madam” or the like',
  SUBJ_DOLLARS: 'the subject begins with a sum of money',
  SUBJ_FREE_CAP: 'the subject shouts FREE',
  GUARANTEED_100_PERCENT: 'it promises “100 % guaranteed”',
}

/** A rule of SpamAssassin as a person would say it; what SpamAssassin itself says of a rule that we do not know. */
export function inPlainWords(rule: string, says: string): string {
  return WORDS[rule] ?? (says === '' ? rule : says.replace(/^(BODY|RBL|URI|HEADER|RAW): /, ''))
}
