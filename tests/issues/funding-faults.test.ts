import { fundingFaults } from '../../src/issues/funding-faults.js'
import { CO_FUNDED, hasFundingWords } from '../../src/rendering/funding-words.js'

const EMBLEM = 'https://news.example.org/pictures/a.png'
const faults = (statement: string, emblem?: { width: number; height: number }) =>
  fundingFaults({ emblem_url: EMBLEM, funding_statement: statement }, emblem)

it('asks nothing of a sender without an emblem', () => {
  expect(fundingFaults({ emblem_url: '', funding_statement: '' }, undefined)).toEqual([])
})

it('wants the emblem’s words, written out, in any language of the Union', () => {
  expect(faults('')).toEqual([expect.stringContaining('needs its statement')])
  expect(faults('Supported by the EU')).toEqual([expect.stringContaining('Co-funded by the European Union')])
  for (const words of Object.values(CO_FUNDED)) expect(faults(`${words}.`)).toEqual([])
  expect(hasFundingWords("cofinancé par  l'union européenne")).toBe(true)
})

it('wants an emblem that is one centimetre high', () => {
  const words = 'Funded by the European Union'
  expect(faults(words, { width: 600, height: 400 })).toEqual([])
  expect(faults(words, { width: 1200, height: 200 })).toEqual([expect.stringContaining('25 px high')])
})
