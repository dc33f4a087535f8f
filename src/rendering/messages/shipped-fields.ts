import type { Language } from './language.js'

/** What the fields that come with the product are called, by key; a field that was given another label is called that. */
export const SHIPPED_FIELDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  FIRSTNAME: {
    en: 'First name',
    fi: 'Etunimi',
    it: 'Nome',
    nl: 'Voornaam',
    hr: 'Ime',
    ro: 'Prenume',
    lt: 'Vardas',
  },
  LASTNAME: {
    en: 'Last name',
    fi: 'Sukunimi',
    it: 'Cognome',
    nl: 'Achternaam',
    hr: 'Prezime',
    ro: 'Nume',
    lt: 'Pavardė',
  },
  ORGANISATION: {
    en: 'Organisation',
    fi: 'Organisaatio',
    it: 'Organizzazione',
    nl: 'Organisatie',
    hr: 'Organizacija',
    ro: 'Organizație',
    lt: 'Organizacija',
  },
  CITY: {
    en: 'City',
    fi: 'Kaupunki',
    it: 'Città',
    nl: 'Plaats',
    hr: 'Grad',
    ro: 'Oraș',
    lt: 'Miestas',
  },
  COUNTRY: {
    en: 'Country',
    fi: 'Maa',
    it: 'Paese',
    nl: 'Land',
    hr: 'Država',
    ro: 'Țară',
    lt: 'Šalis',
  },
}
