import type { FormWords } from './en.js'

/** What forms say in Finnish. */
export const FINNISH: FormWords = {
  title: 'Tilaa uutiskirjeemme',
  email: 'Sähköpostiosoitteesi',
  newsletters: 'Uutiskirjeet',
  youGet: 'Saat nämä uutiskirjeet:',
  language: 'Kieli, jolla luet mieluiten',
  noMatter: 'Ei väliä',
  choose: 'Valitse',
  yes: 'Kyllä',
  no: 'Ei',
  optional: 'vapaaehtoinen',
  consent: (sender) =>
    `Suostun siihen, että ${sender || 'lähettäjä'} lähettää minulle nämä uutiskirjeet sähköpostitse. Voin peruuttaa tilauksen milloin tahansa jokaisessa uutiskirjeessä olevasta linkistä.`,
  button: 'Suostun ja tilaan',
  otherLanguages: 'Tämä lomake muilla kielillä',
  inboxTitle: 'Katso sähköpostisi',
  inbox:
    'Lähetimme sinulle viestin, jossa on linkki. Avaa se 48 tunnin kuluessa ja vahvista tilaus, niin uutiskirjeet alkavat tulla.',
  noMail:
    'Eikö viestiä näy? Katso roskapostikansiosta. Lähetämme samaan osoitteeseen enintään yhden viestin kymmenessä minuutissa ja kolme päivässä. Jos olet kieltänyt meitä enää kirjoittamasta, pääset takaisin aiemman viestin linkistä omiin valintoihisi. Jos saat jo nämä uutiskirjeet, sinun ei tarvitse tehdä mitään.',
  thanksTitle: 'Kiitos',
  thanks:
    'Seuraava uutiskirje tulee sähköpostiisi. Jos saat ensin viestin, jossa on linkki, avaa se ja vahvista tilaus.',
  pressTitle: 'Paina vielä kerran',
  press: 'Tarkista vielä osoitteesi ja paina sitten painiketta. Näin robotit pysyvät poissa.',
  pressSoon: 'Se kävi hyvin nopeasti. Paina hetken kuluttua uudelleen: se pitää robotit loitolla.',
  didYouMean: (address) => `Tarkoititko ${address}?`,
  useIt: (address) => `Käytä osoitetta ${address}`,
  keepIt: 'Jos osoitteesi on oikein, lähetä lomake vain uudestaan.',
  nothing: 'Juuri nyt ei ole tilattavia uutiskirjeitä. Tervetuloa myöhemmin uudelleen.',
  closedTitle: 'Tämä lomake on suljettu',
  closed: 'Sillä ei voi enää tilata uutiskirjeitä.',
  tooFastTitle: 'Se kävi vähän nopeasti',
  tooFast: 'Yrityksiä tuli paljon lyhyessä ajassa. Yritä hetken kuluttua uudelleen.',
  emailEmpty: 'Kirjoita sähköpostiosoite.',
  emailShape: 'Sähköpostiosoite on muotoa nimi@example.org, ilman välilyöntejä, pilkkuja tai sulkeita.',
  emailLong: 'Tämä on liian pitkä sähköpostiosoitteeksi.',
  listsEmpty: 'Valitse vähintään yksi uutiskirje.',
  listsClosed: 'Yhtä näistä uutiskirjeistä ei voi enää tilata.',
  required: 'Täytä tämä kohta.',
  badText: 'Kirjoita yksi rivi, enintään 500 merkkiä.',
  badNumber: 'Kirjoita luku, esimerkiksi 42 tai 3,5.',
  badDate: 'Kirjoita päivä muodossa vuosi-kuukausi-päivä, esimerkiksi 2026-03-02.',
  badYesNo: 'Vastaa kyllä tai ei.',
  badChoice: 'Valitse yksi vastauksista.',
}
