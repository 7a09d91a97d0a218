import type { ToldStep } from '@fieldback/domain/scenario/told'
import { describe, expect, it } from 'vitest'
import french from '../messages/fr/scenario.json' with { type: 'json' }
import { openFormats } from './format.ts'
import { compileMessage, sayMessage } from './icu.ts'
import { toldSteps } from './told-steps.ts'

const texts = french.gestures.told
const tell = (...told: ToldStep[]) =>
  toldSteps(told, {
    text: (key, values = {}) => sayMessage(compileMessage(texts[key]), values, 'fr'),
    formats: openFormats('fr', 'Europe/Paris'),
    label: ({ fr }) => fr ?? '',
  })
const made: ToldStep = { of: 'create', name: 'Côte', parent: 'Pays Basque', rank: 3 }
const passed = (from: string, towns = ['Anglet', 'Biarritz']): ToldStep => ({
  of: 'rehome',
  from,
  to: 'Côte',
  by: 'towns',
  towns,
  question: null,
  street: '',
})

describe('what the steps of a gesture do together', () => {
  it('out of one territory is a split', () => {
    expect(tell(made, passed('Pays Basque'))).toBe('Pays Basque coupé en deux : Côte')
  })

  it('by one rule out of several is said once, with what follows', () => {
    const assigned: ToldStep = { of: 'assign', person: 'Maialen', role: 'rep', name: 'Côte' }
    expect(tell(made, passed('Pays Basque'), passed('Nive'), assigned)).toBe(
      'Côte créé sous Pays Basque par règle : Anglet et Biarritz, Maialen reçoit Côte',
    )
    const all = { by: 'all', towns: [] } as const
    expect(
      tell(made, { ...passed('Nive'), ...all } as ToldStep, { ...passed('Sud'), ...all } as ToldStep),
    ).toBe('Côte créé sous Pays Basque avec des comptes de plusieurs territoires')
  })

  it('by several rules is told one by one', () => {
    expect(tell(made, passed('Nive'), passed('Sud', ['Itxassou']))).toBe(
      'Nive coupé en deux : Côte, Itxassou : de Sud à Côte',
    )
  })
})
