import { describe, expect, it } from 'vitest'
import { badgesOf, type CardAnswers } from './badge.ts'
import { account, answers, contact, field, report, TODAY } from './fixture.ts'

const badge = [{ kind: 'badge' as const }]
const card = (over: Partial<CardAnswers> = {}): CardAnswers => ({
  account: account('a'),
  contacts: [],
  reports: [],
  past: [],
  ...over,
})
const basque = field('Parle basque', { spec: { givebacks: badge } })

describe('badges of an account', () => {
  it('a field without a badge among its returns shows none', () => {
    const plain = field('x', { entity: 'account' })
    expect(
      badgesOf([plain], card({ account: account('a', { values: answers({ x: true }) }) }), TODAY),
    ).toEqual([])
  })
  it('say who asks, the label, the fact and where it comes from', () => {
    const contacts = [contact('m', 'a', { values: answers({ 'Parle basque': true }) })]
    expect(badgesOf([basque], card({ contacts }), TODAY)).toEqual([
      {
        fieldId: 'Parle basque',
        owner: { id: 'pb', name: 'Pays Basque', rank: 3 },
        label: { fr: 'Parle basque' },
        version: 1,
        parts: { kind: 'yes' },
        from: 'contact',
        sourceIds: ['m'],
        day: null,
      },
    ])
  })
  it('contacts who say the same share a badge, those who do not have their own', () => {
    const contacts = [
      contact('m', 'a', { values: answers({ 'Parle basque': true }) }),
      contact('x', 'a', { values: answers({ 'Parle basque': false }) }),
      contact('y', 'a', { values: answers({ 'Parle basque': true }) }),
    ]
    expect(
      badgesOf([basque], card({ contacts }), TODAY).map(({ parts, sourceIds }) => [parts.kind, sourceIds]),
    ).toEqual([
      ['yes', ['m', 'y']],
      ['no', ['x']],
    ])
  })
  it('the day it was said is the last one among those who say the same', () => {
    const on = (id: string, d: string) =>
      contact(id, 'a', { values: { 'Parle basque': { v: 1, x: true, d } } })
    const contacts = [on('m', '2026-03-01'), on('x', '2026-09-01'), on('y', '2025-01-01')]
    expect(badgesOf([basque], card({ contacts }), TODAY)).toMatchObject([
      { sourceIds: ['m', 'x', 'y'], day: '2026-09-01' },
    ])
  })
  it('"I do not know", an empty text and a missing answer are no facts', () => {
    const note = field('note', { entity: 'account', spec: { type: 'short_text', givebacks: badge } })
    const silent = card({
      account: account('a', { values: answers({ note: '' }) }),
      contacts: [contact('m', 'a', { values: answers({ 'Parle basque': null }) }), contact('n', 'a')],
    })
    expect(badgesOf([basque, note], silent, TODAY)).toEqual([])
  })
  it('a report field shows what the newest standing report that answers said, and its day', () => {
    const rival = field('rival', {
      entity: 'report',
      spec: {
        type: 'single_choice',
        options: [
          { id: 'frimat', label: { fr: 'Frimat' } },
          { id: 'nordik', label: { fr: 'Nordik' } },
        ],
        givebacks: badge,
      },
    })
    const reports = [
      report('r1', 'a', { day: '2026-09-01', values: answers({ rival: 'nordik' }) }),
      report('r2', 'a', { day: '2026-10-01', values: answers({ rival: 'frimat' }) }),
      report('r3', 'a', { day: '2026-11-01', values: answers({ rival: 'nordik' }), status: 'withdrawn' }),
      report('r4', 'a', { day: '2026-11-02' }),
    ]
    expect(badgesOf([rival], card({ reports }), TODAY)).toMatchObject([
      { parts: { kind: 'options', labels: [{ fr: 'Frimat' }] }, sourceIds: ['r2'], day: '2026-10-01' },
    ])
    expect(badgesOf([rival], card({ reports: [...reports].reverse() }), TODAY)).toMatchObject([
      { sourceIds: ['r2'] },
    ])
  })
  it('an old answer keeps the label and options of its version', () => {
    const spec = { type: 'single_choice' as const, givebacks: badge }
    const now = field('rival', {
      entity: 'account',
      version: 2,
      spec: { ...spec, label: { fr: 'Fournisseur' }, options: [{ id: 'f', label: { fr: 'Frimat SAS' } }] },
    })
    const then = field('rival', {
      entity: 'account',
      spec: { ...spec, label: { fr: 'Concurrent' }, options: [{ id: 'f', label: { fr: 'Frimat' } }] },
    })
    const old = card({ account: account('a', { values: answers({ rival: 'f' }) }), past: [then] })
    expect(badgesOf([now], old, TODAY)).toMatchObject([
      { label: { fr: 'Concurrent' }, version: 1, parts: { labels: [{ fr: 'Frimat' }] } },
    ])
    expect(badgesOf([now], { ...old, past: [] }, TODAY)).toMatchObject([{ label: { fr: 'Fournisseur' } }])
  })
  it('numbers keep their unit, dates say how far they are', () => {
    const age = field('age', { entity: 'account', spec: { type: 'integer', unit: 'ans', givebacks: badge } })
    const renewal = field('renewal', { entity: 'account', spec: { type: 'date', givebacks: badge } })
    const known = account('a', { values: answers({ age: 9, renewal: '2026-12-01' }) })
    expect(badgesOf([age, renewal], card({ account: known }), TODAY).map(({ parts }) => parts)).toEqual([
      { kind: 'number', value: 9, unit: 'ans' },
      { kind: 'date', day: '2026-12-01', inDays: 7 },
    ])
  })
})
