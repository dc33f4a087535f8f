import type { Catalogue } from './language.js'

const en = {
  title: 'Your data',
  linkSent: 'Please look into your inbox: a link is on its way.',
  linkSentNew: 'Please look into the inbox of the new address: a link is on its way.',
  tooOften: 'We have already mailed several links within an hour. Please try again later.',
  downloadTitle: 'Download my data',
  downloadText: 'We mail you a link to all that we keep about you.',
  mailMe: 'Mail me the link',
  addressTitle: 'Change my address',
  addressText: 'We mail a link to the new address. Nothing changes before you confirm it there.',
  addressLabel: 'New e-mail address',
  addressWrong: 'Please write one complete address such as name@example.org.',
  eraseTitle: 'Erase me',
  eraseText: 'We mail you a link. Once you have confirmed there, all that we keep about you is deleted.',
  filesText: 'All that we keep about {address}:',
  asJson: 'As a JSON file, for programs',
  asCsv: 'As a CSV file, for a spreadsheet',
  erasureTitle: 'Erase everything about you',
  erasureText:
    'All that we keep about {address} will be deleted: newsletters, answers, and what was sent. Nobody can bring it back.',
  erasureKept:
    'Only a fingerprint stays from which nobody can read the address, so that we do not write to it again by mistake.',
  erasureButton: 'Yes, erase me',
  erasedTitle: 'You are erased',
  erasedText:
    'We have deleted all that we kept about you, and will send you no newsletter again. Should somebody sign this address up, a mail may ask whether it was you; without your confirmation nothing else comes.',
  waits:
    'Your address has changed lately. To keep your data safe, we mail links to download or erase it from this day on: {date}.',
}

/** What people may ask for about their own data: a copy, another address, erasure. */
export const ownData: Catalogue<keyof typeof en> = {
  en,
  fi: {
    title: 'Tietosi',
    linkSent: 'Katso sähköpostiasi: linkki on matkalla.',
    linkSentNew: 'Katso uuden osoitteen sähköpostia: linkki on matkalla.',
    tooOften: 'Olemme jo lähettäneet useita linkkejä tunnin sisällä. Yritä myöhemmin uudelleen.',
    downloadTitle: 'Lataa tietoni',
    downloadText: 'Lähetämme sinulle linkin kaikkeen, mitä säilytämme sinusta.',
    mailMe: 'Lähetä minulle linkki',
    addressTitle: 'Vaihda osoitteeni',
    addressText: 'Lähetämme linkin uuteen osoitteeseen. Mikään ei muutu, ennen kuin vahvistat sen siellä.',
    addressLabel: 'Uusi sähköpostiosoite',
    addressWrong: 'Kirjoita yksi kokonainen osoite, esimerkiksi nimi@example.org.',
    eraseTitle: 'Poista minut',
    eraseText:
      'Lähetämme sinulle linkin. Kun olet vahvistanut siellä, kaikki mitä säilytämme sinusta poistetaan.',
    filesText: 'Kaikki, mitä säilytämme osoitteesta {address}:',
    asJson: 'JSON-tiedostona ohjelmille',
    asCsv: 'CSV-tiedostona taulukkolaskentaan',
    erasureTitle: 'Poista kaikki tietosi',
    erasureText:
      'Kaikki, mitä säilytämme osoitteesta {address}, poistetaan: uutiskirjeet, vastaukset ja se, mitä on lähetetty. Kukaan ei voi palauttaa sitä.',
    erasureKept:
      'Jäljelle jää vain tunniste, josta kukaan ei voi lukea osoitetta, jotta emme vahingossa kirjoita siihen uudelleen.',
    erasureButton: 'Kyllä, poista minut',
    erasedTitle: 'Tietosi on poistettu',
    erasedText:
      'Olemme poistaneet kaiken, mitä säilytimme sinusta, emmekä enää lähetä sinulle uutiskirjeitä. Jos joku ilmoittaa tämän osoitteen tilaajaksi, viestissä voidaan kysyä, olitko se sinä; ilman vahvistustasi muuta ei tule.',
    waits:
      'Osoitteesi on vaihtunut äskettäin. Tietojesi suojaamiseksi lähetämme linkkejä niiden lataamiseen tai poistamiseen tästä päivästä alkaen: {date}.',
  },
  it: {
    title: 'I tuoi dati',
    linkSent: 'Guarda nella tua casella di posta: un link è in arrivo.',
    linkSentNew: 'Guarda nella casella del nuovo indirizzo: un link è in arrivo.',
    tooOften: 'Abbiamo già inviato diversi link nell’ultima ora. Riprova più tardi.',
    downloadTitle: 'Scarica i miei dati',
    downloadText: 'Ti inviamo un link a tutto ciò che conserviamo su di te.',
    mailMe: 'Inviami il link',
    addressTitle: 'Cambia il mio indirizzo',
    addressText: 'Inviamo un link al nuovo indirizzo. Nulla cambia finché non lo confermi da lì.',
    addressLabel: 'Nuovo indirizzo e-mail',
    addressWrong: 'Scrivi un solo indirizzo completo, per esempio nome@example.org.',
    eraseTitle: 'Cancellami',
    eraseText:
      'Ti inviamo un link. Dopo la tua conferma, tutto ciò che conserviamo su di te viene cancellato.',
    filesText: 'Tutto ciò che conserviamo su {address}:',
    asJson: 'Come file JSON, per i programmi',
    asCsv: 'Come file CSV, per un foglio di calcolo',
    erasureTitle: 'Cancella tutto ciò che ti riguarda',
    erasureText:
      'Tutto ciò che conserviamo su {address} sarà cancellato: newsletter, risposte e quanto è stato inviato. Nessuno potrà recuperarlo.',
    erasureKept:
      'Resta solo un’impronta dalla quale nessuno può leggere l’indirizzo, per non scriverti di nuovo per errore.',
    erasureButton: 'Sì, cancellami',
    erasedTitle: 'I tuoi dati sono cancellati',
    erasedText:
      'Abbiamo cancellato tutto ciò che conservavamo su di te e non ti invieremo più newsletter. Se qualcuno iscrive questo indirizzo, un’e-mail può chiederti se sei stato tu; senza la tua conferma non arriverà altro.',
    waits:
      'Il tuo indirizzo è cambiato di recente. Per proteggere i tuoi dati, inviamo i link per scaricarli o cancellarli a partire da questa data: {date}.',
  },
  nl: {
    title: 'Jouw gegevens',
    linkSent: 'Kijk in je inbox: er is een link onderweg.',
    linkSentNew: 'Kijk in de inbox van het nieuwe adres: er is een link onderweg.',
    tooOften: 'We hebben binnen een uur al meerdere links gemaild. Probeer het later opnieuw.',
    downloadTitle: 'Mijn gegevens downloaden',
    downloadText: 'We mailen je een link naar alles wat we over je bewaren.',
    mailMe: 'Mail mij de link',
    addressTitle: 'Mijn adres wijzigen',
    addressText:
      'We mailen een link naar het nieuwe adres. Er verandert niets voordat je het daar bevestigt.',
    addressLabel: 'Nieuw e-mailadres',
    addressWrong: 'Schrijf één volledig adres, bijvoorbeeld naam@example.org.',
    eraseTitle: 'Wis mij',
    eraseText:
      'We mailen je een link. Zodra je daar hebt bevestigd, wordt alles wat we over je bewaren gewist.',
    filesText: 'Alles wat we over {address} bewaren:',
    asJson: 'Als JSON-bestand, voor programma’s',
    asCsv: 'Als CSV-bestand, voor een rekenblad',
    erasureTitle: 'Alles over jou wissen',
    erasureText:
      'Alles wat we over {address} bewaren wordt gewist: nieuwsbrieven, antwoorden en wat er is verzonden. Niemand kan het terughalen.',
    erasureKept:
      'Alleen een vingerafdruk blijft over waaruit niemand het adres kan lezen, zodat we er niet per ongeluk weer naar schrijven.',
    erasureButton: 'Ja, wis mij',
    erasedTitle: 'Je bent gewist',
    erasedText:
      'We hebben alles gewist wat we over je bewaarden en sturen je geen nieuwsbrieven meer. Meldt iemand dit adres aan, dan kan een mail vragen of jij dat was; zonder jouw bevestiging komt er verder niets.',
    waits:
      'Je adres is onlangs gewijzigd. Om je gegevens te beschermen mailen we links om ze te downloaden of te wissen pas vanaf deze dag: {date}.',
  },
  hr: {
    title: 'Vaši podaci',
    linkSent: 'Pogledajte u svoj sandučić: poveznica je na putu.',
    linkSentNew: 'Pogledajte u sandučić nove adrese: poveznica je na putu.',
    tooOften: 'U sat vremena već smo poslali više poveznica. Pokušajte ponovno kasnije.',
    downloadTitle: 'Preuzmi moje podatke',
    downloadText: 'Poslat ćemo vam poveznicu na sve što o vama čuvamo.',
    mailMe: 'Pošaljite mi poveznicu',
    addressTitle: 'Promijeni moju adresu',
    addressText: 'Poslat ćemo poveznicu na novu adresu. Ništa se ne mijenja dok to ondje ne potvrdite.',
    addressLabel: 'Nova adresa e-pošte',
    addressWrong: 'Napišite jednu potpunu adresu, na primjer ime@example.org.',
    eraseTitle: 'Izbriši me',
    eraseText: 'Poslat ćemo vam poveznicu. Kad ondje potvrdite, briše se sve što o vama čuvamo.',
    filesText: 'Sve što čuvamo o adresi {address}:',
    asJson: 'Kao JSON datoteka, za programe',
    asCsv: 'Kao CSV datoteka, za proračunsku tablicu',
    erasureTitle: 'Izbrišite sve o sebi',
    erasureText:
      'Sve što čuvamo o adresi {address} bit će izbrisano: bilteni, odgovori i ono što je poslano. Nitko to neće moći vratiti.',
    erasureKept:
      'Ostaje samo otisak iz kojeg nitko ne može pročitati adresu, da vam ne bismo zabunom ponovno pisali.',
    erasureButton: 'Da, izbrišite me',
    erasedTitle: 'Izbrisani ste',
    erasedText:
      'Izbrisali smo sve što smo o vama čuvali i više vam nećemo slati biltene. Ako netko prijavi ovu adresu, možemo vas porukom pitati jeste li to bili vi; bez vaše potvrde neće stići ništa drugo.',
    waits:
      'Vaša se adresa nedavno promijenila. Radi zaštite vaših podataka poveznice za preuzimanje ili brisanje šaljemo od ovog datuma: {date}',
  },
  ro: {
    title: 'Datele tale',
    linkSent: 'Uită-te în căsuța ta de e-mail: un link este pe drum.',
    linkSentNew: 'Uită-te în căsuța noii adrese: un link este pe drum.',
    tooOften: 'Am trimis deja mai multe linkuri în ultima oră. Încearcă din nou mai târziu.',
    downloadTitle: 'Descarcă datele mele',
    downloadText: 'Îți trimitem un link către tot ce păstrăm despre tine.',
    mailMe: 'Trimite-mi linkul',
    addressTitle: 'Schimbă adresa mea',
    addressText: 'Trimitem un link la noua adresă. Nimic nu se schimbă până nu confirmi acolo.',
    addressLabel: 'Noua adresă de e-mail',
    addressWrong: 'Scrie o singură adresă completă, de exemplu nume@example.org.',
    eraseTitle: 'Șterge-mă',
    eraseText: 'Îți trimitem un link. După ce confirmi acolo, tot ce păstrăm despre tine este șters.',
    filesText: 'Tot ce păstrăm despre {address}:',
    asJson: 'Ca fișier JSON, pentru programe',
    asCsv: 'Ca fișier CSV, pentru foi de calcul',
    erasureTitle: 'Șterge tot ce te privește',
    erasureText:
      'Tot ce păstrăm despre {address} va fi șters: buletine, răspunsuri și ce s-a trimis. Nimeni nu le poate aduce înapoi.',
    erasureKept:
      'Rămâne doar o amprentă din care nimeni nu poate citi adresa, ca să nu îți scriem din nou din greșeală.',
    erasureButton: 'Da, șterge-mă',
    erasedTitle: 'Datele tale au fost șterse',
    erasedText:
      'Am șters tot ce păstram despre tine și nu îți vom mai trimite buletine. Dacă cineva înscrie această adresă, un mesaj te poate întreba dacă ai fost tu; fără confirmarea ta nu mai vine nimic altceva.',
    waits:
      'Adresa ta s-a schimbat recent. Ca să îți protejăm datele, trimitem linkuri pentru descărcarea sau ștergerea lor începând cu această dată: {date}.',
  },
  lt: {
    title: 'Jūsų duomenys',
    linkSent: 'Pažiūrėkite į savo pašto dėžutę: nuoroda jau pakeliui.',
    linkSentNew: 'Pažiūrėkite į naujojo adreso pašto dėžutę: nuoroda jau pakeliui.',
    tooOften: 'Per valandą jau išsiuntėme kelias nuorodas. Pabandykite vėliau.',
    downloadTitle: 'Atsisiųsti mano duomenis',
    downloadText: 'Atsiųsime nuorodą į viską, ką apie jus saugome.',
    mailMe: 'Atsiųskite man nuorodą',
    addressTitle: 'Pakeisti mano adresą',
    addressText: 'Nuorodą išsiųsime nauju adresu. Niekas nepasikeis, kol ten nepatvirtinsite.',
    addressLabel: 'Naujas el. pašto adresas',
    addressWrong: 'Parašykite vieną visą adresą, pavyzdžiui, vardas@example.org.',
    eraseTitle: 'Ištrinti mane',
    eraseText: 'Atsiųsime nuorodą. Kai ten patvirtinsite, viskas, ką apie jus saugome, bus ištrinta.',
    filesText: 'Viskas, ką saugome apie {address}:',
    asJson: 'JSON rinkmena programoms',
    asCsv: 'CSV rinkmena skaičiuoklei',
    erasureTitle: 'Ištrinti viską apie jus',
    erasureText:
      'Viskas, ką saugome apie {address}, bus ištrinta: naujienlaiškiai, atsakymai ir tai, kas buvo išsiųsta. Niekas negalės to atkurti.',
    erasureKept:
      'Lieka tik atspaudas, iš kurio niekas negali perskaityti adreso, kad per klaidą vėl juo nerašytume.',
    erasureButton: 'Taip, ištrinkite mane',
    erasedTitle: 'Jūsų duomenys ištrinti',
    erasedText:
      'Ištrynėme viską, ką apie jus saugojome, ir naujienlaiškių jums nebesiųsime. Jei kas nors užregistruotų šį adresą, galime laišku paklausti, ar tai buvote jūs; be jūsų patvirtinimo daugiau nieko nesiųsime.',
    waits:
      'Jūsų adresas neseniai pasikeitė. Kad apsaugotume duomenis, nuorodas jiems atsisiųsti ar ištrinti siunčiame nuo šios dienos: {date}',
  },
}
