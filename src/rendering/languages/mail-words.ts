import { primaryLanguage } from './language-tag.js'

const ENGLISH = {
  sentTo: 'This email was sent to {{ contact.EMAIL }}',
  unsubscribe: 'Unsubscribe',
  webview: 'View in your browser',
  preferences: 'Change what you get',
  readMore: 'Read more',
  watchVideo: 'Watch the video',
  followUs: 'Follow us',
  writeToThem: 'Write to them',
} as const

type MailWords = Readonly<Record<keyof typeof ENGLISH, string>>

/** The words that every mail has, whoever writes it, in each language that we speak. */
const CATALOGUE: Readonly<Record<string, MailWords>> = {
  en: ENGLISH,
  fi: {
    sentTo: 'Tämä viesti lähetettiin osoitteeseen {{ contact.EMAIL }}',
    unsubscribe: 'Peruuta tilaus',
    webview: 'Avaa selaimessa',
    preferences: 'Muuta tilaustasi',
    readMore: 'Lue lisää',
    watchVideo: 'Katso video',
    followUs: 'Seuraa meitä',
    writeToThem: 'Ota yhteyttä',
  },
  it: {
    sentTo: 'Questa e-mail è stata inviata a {{ contact.EMAIL }}',
    unsubscribe: 'Annulla l’iscrizione',
    webview: 'Apri nel browser',
    preferences: 'Modifica le tue preferenze',
    readMore: 'Continua a leggere',
    watchVideo: 'Guarda il video',
    followUs: 'Seguici',
    writeToThem: 'Scrivi un messaggio',
  },
  nl: {
    sentTo: 'Deze e-mail is verzonden naar {{ contact.EMAIL }}',
    unsubscribe: 'Afmelden',
    webview: 'Bekijk in je browser',
    preferences: 'Wijzig je voorkeuren',
    readMore: 'Lees verder',
    watchVideo: 'Bekijk de video',
    followUs: 'Volg ons',
    writeToThem: 'Stuur een bericht',
  },
  hr: {
    sentTo: 'Ova je poruka poslana na adresu {{ contact.EMAIL }}',
    unsubscribe: 'Odjava s popisa',
    webview: 'Otvori u pregledniku',
    preferences: 'Promijeni postavke',
    readMore: 'Pročitaj više',
    watchVideo: 'Pogledaj video',
    followUs: 'Pratite nas',
    writeToThem: 'Pošalji poruku',
  },
  ro: {
    sentTo: 'Acest e-mail a fost trimis la {{ contact.EMAIL }}',
    unsubscribe: 'Dezabonare',
    webview: 'Deschide în browser',
    preferences: 'Modifică preferințele',
    readMore: 'Citește mai mult',
    watchVideo: 'Urmărește videoclipul',
    followUs: 'Urmărește-ne',
    writeToThem: 'Trimite un mesaj',
  },
  lt: {
    sentTo: 'Šis laiškas išsiųstas adresu {{ contact.EMAIL }}',
    unsubscribe: 'Atsisakyti prenumeratos',
    webview: 'Atverti naršyklėje',
    preferences: 'Keisti nuostatas',
    readMore: 'Skaityti daugiau',
    watchVideo: 'Žiūrėti vaizdo įrašą',
    followUs: 'Sekite mus',
    writeToThem: 'Parašyti',
  },
}

/** The languages that we know the usual words of a mail in, as tags. */
export const SPOKEN_LANGUAGES: readonly string[] = Object.keys(CATALOGUE)

/** The words that a new block starts with. */
export const startingWords: MailWords = ENGLISH

const KEYS = new Map<string, keyof MailWords>(
  Object.entries(ENGLISH).map(([key, words]) => [words, key as keyof MailWords]),
)

/** What our own starting words are in a language; null for other words, and for a language that we do not speak. */
export function mailWordsIn(language: string, words: string): string | null {
  const key = KEYS.get(words)
  return key ? (CATALOGUE[primaryLanguage(language)]?.[key] ?? null) : null
}
