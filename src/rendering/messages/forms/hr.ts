import type { FormWords } from './en.js'

/** What forms say in Croatian. */
export const CROATIAN: FormWords = {
  title: 'Prijavite se na naše biltene',
  email: 'Vaša adresa e-pošte',
  newsletters: 'Bilteni',
  youGet: 'Primat ćete:',
  language: 'Jezik na kojem najradije čitate',
  noMatter: 'Svejedno',
  choose: 'Odaberite',
  yes: 'Da',
  no: 'Ne',
  optional: 'nije obavezno',
  consent: (sender) =>
    `Pristajem da mi ${sender || 'pošiljatelj'} šalje ove biltene e-poštom. Mogu se odjaviti u bilo kojem trenutku putem poveznice u svakom biltenu.`,
  button: 'Pristajem i prijavljujem se',
  otherLanguages: 'Ovaj obrazac na drugim jezicima',
  inboxTitle: 'Provjerite svoju e-poštu',
  inbox:
    'Poslali smo vam poruku s poveznicom. Otvorite je u roku od 48 sati kako biste potvrdili prijavu i bilteni će početi stizati.',
  noMail:
    'Niste dobili poruku? Pogledajte u mapu neželjene pošte. Na istu adresu pišemo najviše jednom u deset minuta i triput na dan. Tko nas je zamolio da mu više nikada ne pišemo, vraća se poveznicom na svoje postavke u nekoj ranijoj poruci. Ako već primate ove biltene, ne morate ništa više učiniti.',
  thanksTitle: 'Hvala',
  thanks:
    'Sljedeći bilten stiže u vašu e-poštu. Ako prije toga dobijete poruku s poveznicom, otvorite je kako biste potvrdili prijavu.',
  pressTitle: 'Još jedan klik',
  press: 'Još jednom provjerite svoju adresu, a zatim pritisnite gumb. Tako robote držimo podalje.',
  pressSoon: 'To je bilo vrlo brzo. Za trenutak pritisnite još jednom: tako se držimo podalje od robota.',
  didYouMean: (address) => `Jeste li mislili ${address}?`,
  useIt: (address) => `Upotrijebi ${address}`,
  keepIt: 'Ako je vaša adresa točna, samo još jednom pošaljite obrazac.',
  nothing: 'Trenutačno nema biltena na koji se možete prijaviti. Posjetite nas kasnije.',
  closedTitle: 'Ovaj je obrazac zatvoren',
  closed: 'Njime se više nije moguće prijaviti.',
  tooFastTitle: 'To je bilo malo prebrzo',
  tooFast: 'U kratkom je vremenu stiglo mnogo pokušaja. Pokušajte ponovno malo kasnije.',
  emailEmpty: 'Upišite adresu e-pošte.',
  emailShape: 'Adresa e-pošte izgleda kao ime@example.org, bez razmaka, zareza i zagrada.',
  emailLong: 'Ovo je predugo za adresu e-pošte.',
  listsEmpty: 'Odaberite barem jedan bilten.',
  listsClosed: 'Na jedan od ovih biltena više se nije moguće prijaviti.',
  required: 'Ispunite ovo polje.',
  badText: 'Upišite jedan redak od najviše 500 znakova.',
  badNumber: 'Upišite broj, na primjer 42 ili 3,5.',
  badDate: 'Upišite datum kao godina-mjesec-dan, na primjer 2026-03-02.',
  badYesNo: 'Odgovorite s da ili ne.',
  badChoice: 'Odaberite jedan od odgovora.',
}
