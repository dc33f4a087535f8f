/** What forms say in English; the other languages say all of this, too. */
export const ENGLISH = {
  title: 'Join our newsletters',
  email: 'Your e-mail address',
  newsletters: 'Newsletters',
  youGet: 'You will get:',
  language: 'Language you like to read in',
  noMatter: 'No matter',
  choose: 'Please choose',
  yes: 'Yes',
  no: 'No',
  optional: 'optional',
  consent: (sender: string): string =>
    `I agree that ${sender || 'the sender'} sends me these newsletters by e-mail. I can unsubscribe at any time with the link in every newsletter.`,
  button: 'Agree and join',
  otherLanguages: 'This form in other languages',
  inboxTitle: 'Please look at your inbox',
  inbox:
    'We have sent you a mail with a link. Open it within 48 hours to confirm, then the newsletters will come.',
  noMail:
    'No mail? Look into your spam folder. We write to an address at most once in ten minutes and three times a day. Whoever has told us never to write again comes back by the link to their choices in an earlier mail. If you already get these newsletters, there is nothing more to do.',
  thanksTitle: 'Thank you',
  thanks:
    'The next newsletter comes to your inbox. Should we send you a mail with a link first, please open it to confirm.',
  pressTitle: 'One more press',
  press: 'Please look at your address once more, then press the button. It keeps robots away.',
  pressSoon: 'That was very quick. Please press once more in a moment: it keeps robots away.',
  didYouMean: (address: string): string => `Did you mean ${address}?`,
  useIt: (address: string): string => `Use ${address}`,
  keepIt: 'If your address is right as it is, just send the form once more.',
  nothing: 'There is no newsletter to join at the moment. Please come back later.',
  closedTitle: 'This form is closed',
  closed: 'Nobody can join with it any more.',
  tooFastTitle: 'That was a little fast',
  tooFast: 'There were many attempts in a short time. Please try again a little later.',
  emailEmpty: 'Please enter an e-mail address.',
  emailShape: 'An e-mail address looks like name@example.org, without spaces, commas or brackets.',
  emailLong: 'This address is too long to be an e-mail address.',
  listsEmpty: 'Choose at least one newsletter.',
  listsClosed: 'One of these newsletters can no longer be joined.',
  required: 'Please fill this in.',
  badText: 'Use a single line of at most 500 characters.',
  badNumber: 'Write a number such as 42 or 3.5.',
  badDate: 'Write a date as year-month-day, such as 2026-03-02.',
  badYesNo: 'Answer yes or no.',
  badChoice: 'Please choose one of the answers.',
}

/** Everything that a reader sees of a sign-up form, in one language. */
export type FormWords = typeof ENGLISH
