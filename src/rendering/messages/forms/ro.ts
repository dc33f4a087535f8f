import type { FormWords } from './en.js'

/** What forms say in Romanian. */
export const ROMANIAN: FormWords = {
  title: 'Abonează-te la buletinele noastre',
  email: 'Adresa ta de e-mail',
  newsletters: 'Buletine informative',
  youGet: 'Vei primi:',
  language: 'Limba în care preferi să citești',
  noMatter: 'Oricare',
  choose: 'Alege',
  yes: 'Da',
  no: 'Nu',
  optional: 'opțional',
  consent: (sender) =>
    `Sunt de acord ca ${sender || 'expeditorul'} să îmi trimită aceste buletine informative prin e-mail. Mă pot dezabona oricând cu linkul din fiecare buletin.`,
  button: 'Sunt de acord și mă abonez',
  otherLanguages: 'Acest formular în alte limbi',
  inboxTitle: 'Verifică-ți căsuța de e-mail',
  inbox:
    'Ți-am trimis un mesaj cu un link. Deschide-l în 48 de ore pentru a confirma, apoi vei primi buletinele.',
  noMail:
    'Nu a venit niciun mesaj? Uită-te în dosarul de spam. Scriem la aceeași adresă cel mult o dată la zece minute și de trei ori pe zi. Cine ne-a cerut să nu-i mai scriem niciodată revine prin linkul către preferințe dintr-un mesaj mai vechi. Dacă primești deja aceste buletine, nu mai ai nimic de făcut.',
  thanksTitle: 'Mulțumim',
  thanks:
    'Următorul buletin va ajunge în căsuța ta de e-mail. Dacă primești mai întâi un mesaj cu un link, deschide-l pentru a confirma.',
  pressTitle: 'Încă o apăsare',
  press: 'Verifică încă o dată adresa, apoi apasă butonul. Așa ținem roboții la distanță.',
  pressSoon: 'A fost foarte rapid. Mai apasă o dată peste o clipă: așa ținem roboții la distanță.',
  didYouMean: (address) => `Ai vrut să scrii ${address}?`,
  useIt: (address) => `Folosește ${address}`,
  keepIt: 'Dacă adresa ta este corectă așa, trimite formularul încă o dată.',
  nothing: 'Momentan nu există niciun buletin la care să te poți abona. Revino mai târziu.',
  closedTitle: 'Acest formular este închis',
  closed: 'Nu te mai poți abona prin el.',
  tooFastTitle: 'A fost puțin prea repede',
  tooFast: 'Au fost multe încercări într-un timp scurt. Încearcă din nou puțin mai târziu.',
  emailEmpty: 'Scrie o adresă de e-mail.',
  emailShape: 'O adresă de e-mail arată ca nume@example.org, fără spații, virgule sau paranteze.',
  emailLong: 'Este prea lung pentru o adresă de e-mail.',
  listsEmpty: 'Alege cel puțin un buletin.',
  listsClosed: 'La unul dintre aceste buletine nu te mai poți abona.',
  required: 'Completează acest câmp.',
  badText: 'Scrie un singur rând de cel mult 500 de caractere.',
  badNumber: 'Scrie un număr, de exemplu 42 sau 3,5.',
  badDate: 'Scrie data ca an-lună-zi, de exemplu 2026-03-02.',
  badYesNo: 'Răspunde cu da sau nu.',
  badChoice: 'Alege unul dintre răspunsuri.',
}
