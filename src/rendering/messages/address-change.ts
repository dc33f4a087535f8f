import type { Catalogue } from './language.js'

const en = {
  changeTitle: 'Use this address',
  changeText: 'From now on your newsletters are to come to {address}.',
  changeButton: 'Yes, use this address',
  changedTitle: 'Your address is changed',
  changedText: 'From now on your newsletters come to {address}.',
  returnTitle: 'Take the change back',
  returnText:
    'Your newsletters are to come to {address} again. Links in mails from before then stop working.',
  returnButton: 'Yes, take it back',
  returnedTitle: 'The change is taken back',
  returnedText:
    'Your newsletters come to {address} again. What you want to change, you change with the link in the next one.',
  takenText: 'This address cannot be used for that. Perhaps it gets our newsletters already.',
}

/** The pages behind links that change somebody's address, or take that back. */
export const addressChange: Catalogue<keyof typeof en> = {
  en,
  fi: {
    changeTitle: 'Käytä tätä osoitetta',
    changeText: 'Tästä lähtien uutiskirjeesi tulevat osoitteeseen {address}.',
    changeButton: 'Kyllä, käytä tätä osoitetta',
    changedTitle: 'Osoitteesi on vaihdettu',
    changedText: 'Uutiskirjeesi tulevat nyt osoitteeseen {address}.',
    returnTitle: 'Peru osoitteen muutos',
    returnText:
      'Uutiskirjeesi tulevat taas osoitteeseen {address}. Aiempien viestien linkit eivät sen jälkeen enää toimi.',
    returnButton: 'Kyllä, peru muutos',
    returnedTitle: 'Muutos on peruttu',
    returnedText:
      'Uutiskirjeesi tulevat taas osoitteeseen {address}. Voit muuttaa tilaustasi seuraavan kirjeen linkillä.',
    takenText: 'Tätä osoitetta ei voi käyttää tähän. Ehkä siihen tulevat jo uutiskirjeemme.',
  },
  it: {
    changeTitle: 'Usa questo indirizzo',
    changeText: 'D’ora in poi le tue newsletter arriveranno a {address}.',
    changeButton: 'Sì, usa questo indirizzo',
    changedTitle: 'Il tuo indirizzo è cambiato',
    changedText: 'Le tue newsletter ora arrivano a {address}.',
    returnTitle: 'Annulla la modifica',
    returnText:
      'Le tue newsletter torneranno a {address}. I link nelle e-mail precedenti smetteranno di funzionare.',
    returnButton: 'Sì, annulla la modifica',
    returnedTitle: 'La modifica è annullata',
    returnedText:
      'Le tue newsletter arrivano di nuovo a {address}. Con il link nella prossima puoi cambiare ciò che vuoi.',
    takenText: 'Non è possibile usare questo indirizzo. Forse riceve già le nostre newsletter.',
  },
  nl: {
    changeTitle: 'Dit adres gebruiken',
    changeText: 'Voortaan komen je nieuwsbrieven op {address}.',
    changeButton: 'Ja, gebruik dit adres',
    changedTitle: 'Je adres is gewijzigd',
    changedText: 'Je nieuwsbrieven komen nu op {address}.',
    returnTitle: 'Wijziging ongedaan maken',
    returnText: 'Je nieuwsbrieven komen weer op {address}. Links in eerdere mails werken daarna niet meer.',
    returnButton: 'Ja, maak het ongedaan',
    returnedTitle: 'De wijziging is ongedaan gemaakt',
    returnedText:
      'Je nieuwsbrieven komen weer op {address}. Met de link in de volgende kun je wijzigen wat je wilt.',
    takenText: 'Dit adres kan hiervoor niet worden gebruikt. Misschien krijgt het onze nieuwsbrieven al.',
  },
  hr: {
    changeTitle: 'Koristite ovu adresu',
    changeText: 'Od sada će vaši bilteni stizati na {address}.',
    changeButton: 'Da, koristite ovu adresu',
    changedTitle: 'Vaša je adresa promijenjena',
    changedText: 'Vaši bilteni sada stižu na {address}.',
    returnTitle: 'Poništite promjenu',
    returnText:
      'Vaši će bilteni opet stizati na {address}. Poveznice u ranijim porukama tada više neće raditi.',
    returnButton: 'Da, poništite promjenu',
    returnedTitle: 'Promjena je poništena',
    returnedText:
      'Vaši bilteni opet stižu na {address}. Poveznicom u sljedećem biltenu možete promijeniti što želite.',
    takenText: 'Ova se adresa ne može upotrijebiti za to. Možda već dobiva naše biltene.',
  },
  ro: {
    changeTitle: 'Folosește această adresă',
    changeText: 'De acum înainte buletinele tale vor veni la {address}.',
    changeButton: 'Da, folosește această adresă',
    changedTitle: 'Adresa ta a fost schimbată',
    changedText: 'Buletinele tale vin acum la {address}.',
    returnTitle: 'Anulează schimbarea',
    returnText:
      'Buletinele tale vor veni din nou la {address}. Linkurile din mesajele anterioare nu vor mai funcționa.',
    returnButton: 'Da, anulează schimbarea',
    returnedTitle: 'Schimbarea a fost anulată',
    returnedText:
      'Buletinele tale vin din nou la {address}. Cu linkul din următorul poți schimba ce dorești.',
    takenText: 'Această adresă nu poate fi folosită. Poate că primește deja buletinele noastre.',
  },
  lt: {
    changeTitle: 'Naudoti šį adresą',
    changeText: 'Nuo šiol jūsų naujienlaiškiai bus siunčiami adresu {address}.',
    changeButton: 'Taip, naudoti šį adresą',
    changedTitle: 'Jūsų adresas pakeistas',
    changedText: 'Jūsų naujienlaiškiai dabar siunčiami adresu {address}.',
    returnTitle: 'Atšaukti pakeitimą',
    returnText:
      'Jūsų naujienlaiškiai vėl bus siunčiami adresu {address}. Ankstesnių laiškų nuorodos nebeveiks.',
    returnButton: 'Taip, atšaukti pakeitimą',
    returnedTitle: 'Pakeitimas atšauktas',
    returnedText:
      'Jūsų naujienlaiškiai vėl siunčiami adresu {address}. Nuostatas galėsite pakeisti kito naujienlaiškio nuoroda.',
    takenText: 'Šio adreso tam naudoti negalima. Galbūt juo mūsų naujienlaiškiai jau siunčiami.',
  },
}
