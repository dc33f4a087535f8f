/** “Co-funded by the European Union” as Regulation (EU) 2021/1060, Annex IX, wants it written out beside the emblem, by language. */
export const CO_FUNDED: Readonly<Record<string, string>> = {
  bg: 'Съфинансирано от Европейския съюз',
  cs: 'Spolufinancováno Evropskou unií',
  da: 'Medfinansieret af Den Europæiske Union',
  de: 'Kofinanziert von der Europäischen Union',
  el: 'Με τη συγχρηματοδότηση της Ευρωπαϊκής Ένωσης',
  en: 'Co-funded by the European Union',
  es: 'Cofinanciado por la Unión Europea',
  et: 'Kaasrahastanud Euroopa Liit',
  fi: 'Euroopan unionin osarahoittama',
  fr: 'Cofinancé par l’Union européenne',
  ga: 'Arna chomhchistiú ag an Aontas Eorpach',
  hr: 'Sufinancira Europska unija',
  hu: 'Az Európai Unió társfinanszírozásával',
  it: 'Cofinanziato dall’Unione europea',
  lt: 'Bendrai finansuojama Europos Sąjungos',
  lv: 'Līdzfinansē Eiropas Savienība',
  mt: 'Kofinanzjat mill-Unjoni Ewropea',
  nl: 'Medegefinancierd door de Europese Unie',
  pl: 'Współfinansowane przez Unię Europejską',
  pt: 'Cofinanciado pela União Europeia',
  ro: 'Cofinanțat de Uniunea Europeană',
  sk: 'Spolufinancovaný Európskou úniou',
  sl: 'Sofinancira Evropska unija',
  sv: 'Medfinansieras av Europeiska unionen',
}

const FUNDED = 'Funded by the European Union'

/** Whether a statement has the sentence that stands beside the emblem of the European Union, in any of its languages. */
export function hasFundingWords(statement: string): boolean {
  const plain = (text: string) => text.toLocaleLowerCase('en').replace(/['’]/g, '’').replace(/\s+/g, ' ')
  return [...Object.values(CO_FUNDED), FUNDED].some((words) => plain(statement).includes(plain(words)))
}
