import type { Catalogue } from './language.js'

const en = {
  own: 'You asked us not to write to you any more, so no newsletter comes. If you want to come back, tick a newsletter, save, and confirm with the link that we then mail to you.',
  complaint:
    'One of our mails was reported as unwanted from this address, so we send nothing to it any more. With another address you can join again.',
  bounce:
    'Mail to this address came back to us, so we send nothing to it any more. If it works again, please tell the sender, or change to another address below.',
  office: 'The sender sends nothing to this address. If that is a mistake, please tell the sender.',
}

/** Why somebody gets no newsletter whatever they tick, and how they come back. */
export const blocked: Catalogue<keyof typeof en> = {
  en,
  fi: {
    own: 'Pyysit, ettemme enää kirjoita sinulle, joten uutiskirjeitä ei tule. Jos haluat palata, valitse uutiskirje, tallenna ja vahvista linkillä, jonka silloin lähetämme.',
    complaint:
      'Viestimme on ilmoitettu tästä osoitteesta ei-toivotuksi, joten emme enää lähetä siihen mitään. Voit tilata uudelleen toisella osoitteella.',
    bounce:
      'Viestit tähän osoitteeseen palautuivat, joten emme enää lähetä siihen mitään. Jos se toimii taas, kerro lähettäjälle tai vaihda alla toiseen osoitteeseen.',
    office: 'Lähettäjä ei lähetä tähän osoitteeseen mitään. Jos se on virhe, kerro lähettäjälle.',
  },
  it: {
    own: 'Ci hai chiesto di non scriverti più, quindi non arriva nessuna newsletter. Se vuoi tornare, spunta una newsletter, salva e conferma con il link che ti invieremo.',
    complaint:
      'Da questo indirizzo una nostra e-mail è stata segnalata come indesiderata, quindi non vi inviamo più nulla. Con un altro indirizzo puoi iscriverti di nuovo.',
    bounce:
      'Le e-mail a questo indirizzo sono tornate indietro, quindi non vi inviamo più nulla. Se ora funziona, avvisa il mittente o passa qui sotto a un altro indirizzo.',
    office: 'Il mittente non invia nulla a questo indirizzo. Se è un errore, avvisa il mittente.',
  },
  nl: {
    own: 'Je vroeg ons niet meer te schrijven, dus er komt geen nieuwsbrief. Wil je terugkomen? Vink dan een nieuwsbrief aan, sla op en bevestig met de link die we je mailen.',
    complaint:
      'Vanaf dit adres is een mail van ons als ongewenst gemeld, dus we sturen er niets meer naartoe. Met een ander adres kun je je weer aanmelden.',
    bounce:
      'Mail aan dit adres kwam bij ons terug, dus we sturen er niets meer naartoe. Werkt het weer? Laat het de afzender weten, of kies hieronder een ander adres.',
    office: 'De afzender stuurt niets naar dit adres. Is dat een vergissing? Laat het de afzender weten.',
  },
  hr: {
    own: 'Zatražili ste da vam više ne pišemo pa bilteni ne stižu. Ako se želite vratiti, označite bilten, spremite i potvrdite poveznicom koju ćemo vam tada poslati.',
    complaint:
      'S ove je adrese naša poruka prijavljena kao neželjena pa na nju više ništa ne šaljemo. S drugom se adresom možete ponovno prijaviti.',
    bounce:
      'Poruke na ovu adresu vraćale su se pa na nju više ništa ne šaljemo. Ako opet radi, javite pošiljatelju ili u nastavku prijeđite na drugu adresu.',
    office: 'Pošiljatelj na ovu adresu ništa ne šalje. Ako je to pogreška, javite pošiljatelju.',
  },
  ro: {
    own: 'Ne-ai cerut să nu îți mai scriem, așa că nu vine niciun buletin. Dacă vrei să revii, bifează un buletin, salvează și confirmă cu linkul pe care ți-l trimitem.',
    complaint:
      'De la această adresă un mesaj al nostru a fost raportat ca nedorit, așa că nu îi mai trimitem nimic. Cu altă adresă te poți abona din nou.',
    bounce:
      'Mesajele către această adresă s-au întors, așa că nu îi mai trimitem nimic. Dacă funcționează din nou, anunță expeditorul sau treci mai jos la altă adresă.',
    office: 'Expeditorul nu trimite nimic la această adresă. Dacă este o greșeală, anunță expeditorul.',
  },
  lt: {
    own: 'Prašėte jums neberašyti, todėl naujienlaiškiai nesiunčiami. Jei norite grįžti, pažymėkite naujienlaiškį, išsaugokite ir patvirtinkite nuoroda, kurią tada atsiųsime.',
    complaint:
      'Iš šio adreso apie mūsų laišką pranešta kaip apie nepageidaujamą, todėl juo nieko nebesiunčiame. Galite užsiprenumeruoti kitu adresu.',
    bounce:
      'Laiškai šiuo adresu grįžo, todėl juo nieko nebesiunčiame. Jei jis vėl veikia, praneškite siuntėjui arba toliau pasirinkite kitą adresą.',
    office: 'Siuntėjas šiuo adresu nieko nesiunčia. Jei tai klaida, praneškite siuntėjui.',
  },
}
