import type { FormWords } from './en.js'

/** What forms say in Lithuanian. */
export const LITHUANIAN: FormWords = {
  title: 'Prenumeruokite mūsų naujienlaiškius',
  email: 'Jūsų el. pašto adresas',
  newsletters: 'Naujienlaiškiai',
  youGet: 'Gausite:',
  language: 'Kalba, kuria mieliausiai skaitote',
  noMatter: 'Nesvarbu',
  choose: 'Pasirinkite',
  yes: 'Taip',
  no: 'Ne',
  optional: 'neprivaloma',
  consent: (sender) =>
    `Sutinku, kad ${sender || 'siuntėjas'} siųstų man šiuos naujienlaiškius el. paštu. Prenumeratos galiu bet kada atsisakyti per nuorodą, esančią kiekviename naujienlaiškyje.`,
  button: 'Sutinku ir prenumeruoju',
  otherLanguages: 'Ši forma kitomis kalbomis',
  inboxTitle: 'Patikrinkite savo el. paštą',
  inbox:
    'Išsiuntėme jums laišką su nuoroda. Atverkite ją per 48 valandas ir patvirtinkite, tada naujienlaiškiai pradės ateiti.',
  noMail:
    'Negavote laiško? Pažiūrėkite brukalo aplanke. Tuo pačiu adresu rašome ne dažniau kaip kartą per dešimt minučių ir tris kartus per dieną. Kas paprašė niekada daugiau nerašyti, gali sugrįžti per savo pasirinkimų nuorodą ankstesniame laiške. Jei šiuos naujienlaiškius jau gaunate, daugiau nieko daryti nereikia.',
  thanksTitle: 'Ačiū',
  thanks:
    'Kitas naujienlaiškis ateis į jūsų el. paštą. Jei prieš tai gausite laišką su nuoroda, atverkite ją ir patvirtinkite.',
  pressTitle: 'Dar vienas paspaudimas',
  press: 'Dar kartą patikrinkite savo adresą ir paspauskite mygtuką. Taip apsisaugome nuo robotų.',
  pressSoon: 'Tai buvo labai greita. Po akimirkos paspauskite dar kartą: taip atsiginame nuo robotų.',
  didYouMean: (address) => `Ar turėjote omenyje ${address}?`,
  useIt: (address) => `Naudoti ${address}`,
  keepIt: 'Jei adresas teisingas, tiesiog išsiųskite formą dar kartą.',
  nothing: 'Šiuo metu nėra naujienlaiškių, kuriuos būtų galima prenumeruoti. Apsilankykite vėliau.',
  closedTitle: 'Ši forma uždaryta',
  closed: 'Ja užsiprenumeruoti nebegalima.',
  tooFastTitle: 'Šiek tiek per greitai',
  tooFast: 'Per trumpą laiką buvo daug bandymų. Pabandykite dar kartą šiek tiek vėliau.',
  emailEmpty: 'Įrašykite el. pašto adresą.',
  emailShape: 'El. pašto adresas atrodo taip: vardas@example.org, be tarpų, kablelių ir skliaustų.',
  emailLong: 'Tai per ilgas el. pašto adresas.',
  listsEmpty: 'Pasirinkite bent vieną naujienlaiškį.',
  listsClosed: 'Vieno iš šių naujienlaiškių prenumeruoti nebegalima.',
  required: 'Užpildykite šį lauką.',
  badText: 'Rašykite vieną eilutę, ne ilgesnę kaip 500 ženklų.',
  badNumber: 'Įrašykite skaičių, pavyzdžiui, 42 arba 3,5.',
  badDate: 'Datą rašykite taip: metai-mėnuo-diena, pavyzdžiui, 2026-03-02.',
  badYesNo: 'Atsakykite taip arba ne.',
  badChoice: 'Pasirinkite vieną iš atsakymų.',
}
