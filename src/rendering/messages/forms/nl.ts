import type { FormWords } from './en.js'

/** What forms say in Dutch. */
export const DUTCH: FormWords = {
  title: 'Meld je aan voor onze nieuwsbrieven',
  email: 'Je e-mailadres',
  newsletters: 'Nieuwsbrieven',
  youGet: 'Je ontvangt:',
  language: 'Taal waarin je het liefst leest',
  noMatter: 'Maakt niet uit',
  choose: 'Maak een keuze',
  yes: 'Ja',
  no: 'Nee',
  optional: 'niet verplicht',
  consent: (sender) =>
    `Ik ga ermee akkoord dat ${sender || 'de afzender'} mij deze nieuwsbrieven per e-mail stuurt. Ik kan me op elk moment afmelden met de link in elke nieuwsbrief.`,
  button: 'Akkoord en aanmelden',
  otherLanguages: 'Dit formulier in andere talen',
  inboxTitle: 'Kijk in je mailbox',
  inbox:
    'We hebben je een e-mail met een link gestuurd. Open die binnen 48 uur om te bevestigen, dan komen de nieuwsbrieven eraan.',
  noMail:
    'Geen e-mail ontvangen? Kijk in je spammap. We schrijven hetzelfde adres hoogstens één keer per tien minuten en drie keer per dag. Wie ons heeft gevraagd nooit meer te schrijven, komt terug met de link naar de voorkeuren in een eerdere mail. Ontvang je deze nieuwsbrieven al, dan hoef je niets meer te doen.',
  thanksTitle: 'Bedankt',
  thanks:
    'De volgende nieuwsbrief komt in je mailbox. Krijg je eerst een e-mail met een link, open die dan om te bevestigen.',
  pressTitle: 'Nog één keer klikken',
  press: 'Controleer je adres nog een keer en klik dan op de knop. Zo houden we robots buiten de deur.',
  pressSoon: 'Dat ging heel snel. Druk over een ogenblik nog een keer: zo houden we robots buiten.',
  didYouMean: (address) => `Bedoelde je ${address}?`,
  useIt: (address) => `Gebruik ${address}`,
  keepIt: 'Klopt je adres zoals het er staat, verstuur het formulier dan gewoon nog een keer.',
  nothing: 'Er is op dit moment geen nieuwsbrief om je voor aan te melden. Kom later nog eens terug.',
  closedTitle: 'Dit formulier is gesloten',
  closed: 'Je kunt je hier niet meer aanmelden.',
  tooFastTitle: 'Dat ging een beetje snel',
  tooFast: 'Er waren veel pogingen in korte tijd. Probeer het wat later opnieuw.',
  emailEmpty: 'Vul een e-mailadres in.',
  emailShape: 'Een e-mailadres ziet eruit als naam@example.org, zonder spaties, komma’s of haakjes.',
  emailLong: 'Dit is te lang voor een e-mailadres.',
  listsEmpty: 'Kies ten minste één nieuwsbrief.',
  listsClosed: 'Voor een van deze nieuwsbrieven kun je je niet meer aanmelden.',
  required: 'Vul dit in.',
  badText: 'Gebruik één regel van hoogstens 500 tekens.',
  badNumber: 'Schrijf een getal, zoals 42 of 3,5.',
  badDate: 'Schrijf de datum als jaar-maand-dag, zoals 2026-03-02.',
  badYesNo: 'Antwoord ja of nee.',
  badChoice: 'Kies een van de antwoorden.',
}
