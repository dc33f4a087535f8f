import type { Catalogue } from './language.js'

const en = {
  languages: 'Language of this page',
  notFoundTitle: 'This link does not work',
  notFoundText:
    'Perhaps it was cut when it was copied. Please open it again from the mail, or copy all of it.',
  expiredTitle: 'This link has run out',
  expiredText: 'Links like this one work only for a limited time. Please ask for a new one.',
  movedText:
    'It came with a mail to an address that its reader no longer uses here. The link in a newsletter to the new address works.',
  signUpAgain: 'Sign up again',
  conflictTitle: 'This did not work',
  tooLargeTitle: 'That was too much',
  tooLargeText: 'We could not take all of what you typed. Please go back, shorten it and send it again.',
  tooFastTitle: 'That was a little fast',
  tooFastText: 'There were many attempts from your network. Please try again in a few minutes.',
  testTitle: 'This was a test mail',
  testText:
    'In the mail that readers get, this link is personal: it unsubscribes, changes what they get, or shows the mail in the browser. In a test it does nothing.',
  theSender: 'The sender',
  consent:
    'I agree that {organisation} sends me the newsletters I have chosen by e-mail. I can unsubscribe at any time with the link in every newsletter.',
}

/** Words that any page for readers may need. */
export const pages: Catalogue<keyof typeof en> = {
  en,
  fi: {
    languages: 'Sivun kieli',
    notFoundTitle: 'Tämä linkki ei toimi',
    notFoundText: 'Ehkä se katkesi kopioitaessa. Avaa linkki uudelleen viestistä tai kopioi se kokonaan.',
    expiredTitle: 'Tämä linkki on vanhentunut',
    expiredText: 'Tällaiset linkit toimivat vain rajoitetun ajan. Pyydä uusi linkki.',
    movedText:
      'Se tuli viestissä osoitteeseen, jota lukija ei enää käytä täällä. Uuteen osoitteeseen tulleen uutiskirjeen linkki toimii.',
    signUpAgain: 'Tilaa uudelleen',
    conflictTitle: 'Tämä ei onnistunut',
    tooLargeTitle: 'Tekstiä oli liikaa',
    tooLargeText:
      'Emme voineet ottaa vastaan kaikkea, mitä kirjoitit. Palaa takaisin, lyhennä tekstiä ja lähetä uudelleen.',
    tooFastTitle: 'Nyt mentiin vähän liian nopeasti',
    tooFastText: 'Verkostasi tuli monta yritystä peräkkäin. Yritä uudelleen muutaman minuutin kuluttua.',
    testTitle: 'Tämä oli testiviesti',
    testText:
      'Lukijoiden saamassa viestissä tämä linkki on henkilökohtainen: sillä voi peruuttaa tilauksen, muuttaa tilaustaan tai avata viestin selaimessa. Testissä se ei tee mitään.',
    theSender: 'Lähettäjä',
    consent:
      'Hyväksyn, että {organisation} lähettää minulle valitsemani uutiskirjeet sähköpostitse. Voin peruuttaa tilauksen milloin tahansa jokaisessa uutiskirjeessä olevalla linkillä.',
  },
  it: {
    languages: 'Lingua di questa pagina',
    notFoundTitle: 'Questo link non funziona',
    notFoundText:
      'Forse è stato tagliato durante la copia. Aprilo di nuovo dall’e-mail oppure copialo per intero.',
    expiredTitle: 'Questo link è scaduto',
    expiredText: 'I link come questo funzionano solo per un tempo limitato. Chiedine uno nuovo.',
    movedText:
      'Era in un’e-mail inviata a un indirizzo che qui non è più in uso. Funziona il link in una newsletter inviata al nuovo indirizzo.',
    signUpAgain: 'Iscriviti di nuovo',
    conflictTitle: 'Non ha funzionato',
    tooLargeTitle: 'Era troppo',
    tooLargeText:
      'Non abbiamo potuto ricevere tutto ciò che hai scritto. Torna indietro, accorcia il testo e invia di nuovo.',
    tooFastTitle: 'Un po’ troppo veloce',
    tooFastText: 'Dalla tua rete sono arrivati molti tentativi. Riprova tra qualche minuto.',
    testTitle: 'Questa era un’e-mail di prova',
    testText:
      'Nell’e-mail che ricevono i lettori questo link è personale: annulla l’iscrizione, cambia ciò che ricevono o mostra l’e-mail nel browser. In una prova non fa nulla.',
    theSender: 'Il mittente',
    consent:
      'Accetto che {organisation} mi invii per e-mail le newsletter che ho scelto. Posso annullare l’iscrizione in qualsiasi momento con il link presente in ogni newsletter.',
  },
  nl: {
    languages: 'Taal van deze pagina',
    notFoundTitle: 'Deze link werkt niet',
    notFoundText:
      'Misschien is hij bij het kopiëren afgebroken. Open hem opnieuw vanuit de e-mail, of kopieer hem helemaal.',
    expiredTitle: 'Deze link is verlopen',
    expiredText: 'Zulke links werken maar een beperkte tijd. Vraag een nieuwe aan.',
    movedText:
      'Hij stond in een mail aan een adres dat de lezer hier niet meer gebruikt. De link in een nieuwsbrief aan het nieuwe adres werkt wel.',
    signUpAgain: 'Opnieuw aanmelden',
    conflictTitle: 'Dat is niet gelukt',
    tooLargeTitle: 'Dat was te veel',
    tooLargeText:
      'We konden niet alles aannemen wat je hebt getypt. Ga terug, maak het korter en verstuur het opnieuw.',
    tooFastTitle: 'Dat ging iets te snel',
    tooFastText: 'Er kwamen veel pogingen vanaf jouw netwerk. Probeer het over een paar minuten opnieuw.',
    testTitle: 'Dit was een testmail',
    testText:
      'In de mail die lezers krijgen is deze link persoonlijk: hij meldt af, wijzigt wat ze krijgen of toont de mail in de browser. In een test doet hij niets.',
    theSender: 'De afzender',
    consent:
      'Ik ga ermee akkoord dat {organisation} mij de gekozen nieuwsbrieven per e-mail stuurt. Ik kan me op elk moment afmelden met de link in elke nieuwsbrief.',
  },
  hr: {
    languages: 'Jezik ove stranice',
    notFoundTitle: 'Ova poveznica ne radi',
    notFoundText:
      'Možda je pri kopiranju odrezana. Otvorite je ponovno iz poruke ili je kopirajte u cijelosti.',
    expiredTitle: 'Ova je poveznica istekla',
    expiredText: 'Takve poveznice vrijede samo ograničeno vrijeme. Zatražite novu.',
    movedText:
      'Stigla je u poruci na adresu koju čitatelj ovdje više ne koristi. Radi poveznica u biltenu poslanom na novu adresu.',
    signUpAgain: 'Prijavite se ponovno',
    conflictTitle: 'Ovo nije uspjelo',
    tooLargeTitle: 'To je bilo previše',
    tooLargeText: 'Nismo mogli primiti sve što ste upisali. Vratite se, skratite tekst i pošaljite ponovno.',
    tooFastTitle: 'To je bilo malo prebrzo',
    tooFastText: 'S vaše je mreže stiglo mnogo pokušaja. Pokušajte ponovno za nekoliko minuta.',
    testTitle: 'Ovo je bila probna poruka',
    testText:
      'U poruci koju dobivaju čitatelji ova je poveznica osobna: odjavljuje ih, mijenja što dobivaju ili prikazuje poruku u pregledniku. U probnoj poruci ne čini ništa.',
    theSender: 'Pošiljatelj',
    consent:
      'Suglasan/suglasna sam da mi {organisation} e-poštom šalje biltene koje sam odabrao/odabrala. Mogu se odjaviti u svakom trenutku poveznicom u svakom biltenu.',
  },
  ro: {
    languages: 'Limba acestei pagini',
    notFoundTitle: 'Acest link nu funcționează',
    notFoundText: 'Poate a fost tăiat la copiere. Deschide-l din nou din mesaj sau copiază-l în întregime.',
    expiredTitle: 'Acest link a expirat',
    expiredText: 'Astfel de linkuri funcționează doar un timp limitat. Cere unul nou.',
    movedText:
      'A venit într-un mesaj către o adresă care nu mai este folosită aici. Funcționează linkul dintr-un buletin trimis la noua adresă.',
    signUpAgain: 'Abonează-te din nou',
    conflictTitle: 'Nu a funcționat',
    tooLargeTitle: 'A fost prea mult',
    tooLargeText: 'Nu am putut primi tot ce ai scris. Întoarce-te, scurtează textul și trimite din nou.',
    tooFastTitle: 'A fost puțin prea repede',
    tooFastText: 'Din rețeaua ta au venit multe încercări. Încearcă din nou peste câteva minute.',
    testTitle: 'Acesta a fost un mesaj de test',
    testText:
      'În mesajul pe care îl primesc cititorii, acest link este personal: dezabonează, schimbă ce primesc sau arată mesajul în browser. Într-un test nu face nimic.',
    theSender: 'Expeditorul',
    consent:
      'Sunt de acord ca {organisation} să îmi trimită prin e-mail buletinele informative pe care le-am ales. Mă pot dezabona oricând cu linkul din fiecare buletin.',
  },
  lt: {
    languages: 'Šio puslapio kalba',
    notFoundTitle: 'Ši nuoroda neveikia',
    notFoundText:
      'Galbūt kopijuojant ji buvo nukirpta. Atverkite ją iš laiško dar kartą arba nukopijuokite visą.',
    expiredTitle: 'Šios nuorodos galiojimas baigėsi',
    expiredText: 'Tokios nuorodos galioja tik ribotą laiką. Paprašykite naujos.',
    movedText:
      'Ji buvo laiške, siųstame adresu, kurio skaitytojas čia nebenaudoja. Veikia nuoroda naujienlaiškyje, siųstame naujuoju adresu.',
    signUpAgain: 'Užsiprenumeruoti iš naujo',
    conflictTitle: 'Nepavyko',
    tooLargeTitle: 'Per daug teksto',
    tooLargeText:
      'Negalėjome priimti viso jūsų įrašyto teksto. Grįžkite, sutrumpinkite jį ir išsiųskite dar kartą.',
    tooFastTitle: 'Šiek tiek per greitai',
    tooFastText: 'Iš jūsų tinklo gauta daug bandymų. Pabandykite dar kartą po kelių minučių.',
    testTitle: 'Tai buvo bandomasis laiškas',
    testText:
      'Laiške, kurį gauna skaitytojai, ši nuoroda yra asmeninė: ja galima atsisakyti prenumeratos, pakeisti nuostatas arba atverti laišką naršyklėje. Bandomajame laiške ji nieko nedaro.',
    theSender: 'Siuntėjas',
    consent:
      'Sutinku, kad {organisation} el. paštu siųstų man mano pasirinktus naujienlaiškius. Bet kada galiu jų atsisakyti paspaudęs (-usi) kiekviename naujienlaiškyje esančią nuorodą.',
  },
}
