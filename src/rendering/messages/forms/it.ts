import type { FormWords } from './en.js'

/** What forms say in Italian. */
export const ITALIAN: FormWords = {
  title: 'Iscriviti alle nostre newsletter',
  email: 'Il tuo indirizzo e-mail',
  newsletters: 'Newsletter',
  youGet: 'Riceverai:',
  language: 'Lingua in cui preferisci leggere',
  noMatter: 'Indifferente',
  choose: 'Scegli',
  yes: 'Sì',
  no: 'No',
  optional: 'facoltativo',
  consent: (sender) =>
    `Acconsento a ricevere queste newsletter per e-mail da ${sender || 'questo mittente'}. Posso annullare l’iscrizione in qualsiasi momento con il link presente in ogni newsletter.`,
  button: 'Accetto e mi iscrivo',
  otherLanguages: 'Questo modulo in altre lingue',
  inboxTitle: 'Controlla la tua posta',
  inbox:
    'Ti abbiamo inviato un messaggio con un link. Aprilo entro 48 ore per confermare e poi riceverai le newsletter.',
  noMail:
    'Non è arrivato nulla? Guarda nella cartella della posta indesiderata. Scriviamo allo stesso indirizzo al massimo una volta ogni dieci minuti e tre volte al giorno. Chi ci ha chiesto di non scrivere mai più può tornare con il link alle preferenze in una vecchia e-mail. Se ricevi già queste newsletter, non devi fare altro.',
  thanksTitle: 'Grazie',
  thanks:
    'La prossima newsletter arriverà nella tua posta. Se prima ricevi un messaggio con un link, aprilo per confermare.',
  pressTitle: 'Ancora un clic',
  press:
    'Controlla ancora una volta il tuo indirizzo, poi premi il pulsante. Serve a tenere lontani i robot.',
  pressSoon: 'È stato molto veloce. Premi ancora una volta tra un attimo: così teniamo lontani i robot.',
  didYouMean: (address) => `Intendevi ${address}?`,
  useIt: (address) => `Usa ${address}`,
  keepIt: 'Se il tuo indirizzo è giusto così, invia di nuovo il modulo.',
  nothing: 'Al momento non ci sono newsletter a cui iscriversi. Torna più tardi.',
  closedTitle: 'Questo modulo è chiuso',
  closed: 'Non è più possibile iscriversi da qui.',
  tooFastTitle: 'Un po’ troppo in fretta',
  tooFast: 'Ci sono stati molti tentativi in poco tempo. Riprova un po’ più tardi.',
  emailEmpty: 'Inserisci un indirizzo e-mail.',
  emailShape: 'Un indirizzo e-mail è del tipo nome@example.org, senza spazi, virgole o parentesi.',
  emailLong: 'Questo è troppo lungo per essere un indirizzo e-mail.',
  listsEmpty: 'Scegli almeno una newsletter.',
  listsClosed: 'A una di queste newsletter non ci si può più iscrivere.',
  required: 'Compila questo campo.',
  badText: 'Scrivi una sola riga di 500 caratteri al massimo.',
  badNumber: 'Scrivi un numero, per esempio 42 o 3,5.',
  badDate: 'Scrivi la data come anno-mese-giorno, per esempio 2026-03-02.',
  badYesNo: 'Rispondi sì o no.',
  badChoice: 'Scegli una delle risposte.',
}
