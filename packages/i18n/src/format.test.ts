import { describe, expect, it } from 'vitest'
import { openFormats } from './format.ts'

const fr = openFormats('fr', 'Europe/Paris')
const en = openFormats('en', 'Europe/Paris')
const N = '\u00a0'

describe('figures', () => {
  it('parts thousands narrowly in French, with a comma in English', () => {
    expect(fr.number(1042)).toBe('1\u202f042')
    expect(en.number(1042)).toBe('1,042')
    expect(fr.number(11.64, 1)).toBe('11,6')
  })
  it('writes shares with their space', () => {
    expect(fr.percent(0.31)).toBe(`31${N}%`)
    expect(en.percent(0.31)).toBe('31%')
  })
  it('signs changes, and not those that round to nothing', () => {
    expect(fr.change(4)).toBe(`+${N}4`)
    expect(fr.change(-1.26, 1)).toBe(`−${N}1,3`)
    expect(fr.change(-0.2)).toBe('0')
  })
})

describe('days and instants', () => {
  it('writes a day as it is, whatever the time zone of the reader', () => {
    expect(fr.day('2026-11-01')).toBe('1 novembre 2026')
    expect(fr.day('2026-11-12', 'short')).toBe('12 nov.')
    expect(fr.day('2026-11-12', 'weekday')).toBe('jeudi 12 novembre')
    expect(openFormats('fr', 'Pacific/Tahiti').day('2026-11-12', 'numeric')).toBe('12/11/2026')
    expect(en.day('2026-11-12')).toBe('12 November 2026')
  })
  it('writes months', () => {
    expect(fr.month('2026-11')).toBe('novembre 2026')
    expect(fr.month('2026-11-30')).toBe('novembre 2026')
  })
  it('speaks of days as people do', () => {
    expect(fr.dayFrom('2026-11-21', '2026-11-21')).toBe('aujourd’hui')
    expect(fr.dayFrom('2026-11-20', '2026-11-21')).toBe('hier')
    expect(fr.dayFrom('2026-11-08', '2026-11-21')).toBe('il y a 13 jours')
    expect(fr.dayFrom('2026-10-20', '2026-11-21')).toBe('il y a 4 semaines')
    expect(fr.dayFrom('2027-02-21', '2026-11-21')).toBe('dans 3 mois')
    expect(en.dayFrom('2026-11-22', '2026-11-21')).toBe('tomorrow')
    expect(fr.dayFrom('2026-09-22', '2026-11-21')).toBe('il y a 2 mois')
    expect(fr.dayFrom('2025-11-21', '2026-11-21')).toBe('il y a 12 mois')
    expect(fr.dayFrom('2028-09-09', '2026-11-21')).toBe('dans 22 mois')
    expect(fr.dayFrom('2028-12-01', '2026-11-21')).toBe('dans 2 ans')
  })
  it("writes instants in the organisation's time zone", () => {
    expect(fr.time('2026-11-21T23:30:00Z')).toBe('00:30')
    expect(fr.dayOf('2026-11-21T23:30:00Z')).toBe('2026-11-22')
    expect(fr.instant('2026-11-21T13:05:00Z')).toContain('21 nov. 2026')
  })
})

describe('durations, distances, lists', () => {
  it.each([
    [47, `47${N}s`],
    [59.6, `1${N}min`],
    [180, `3${N}min`],
    [3600, `1${N}h`],
    [4800, `1${N}h${N}20`],
    [172800, `2${N}j`],
  ])('%d seconds', (seconds, text) => {
    expect(fr.duration(seconds)).toBe(text)
  })
  it('rounds metres to ten, then counts kilometres', () => {
    expect(fr.distance(847)).toBe(`850${N}m`)
    expect(fr.distance(3240)).toBe(`3,2${N}km`)
    expect(fr.distance(23_400)).toBe(`23${N}km`)
  })
  it('joins names', () => {
    expect(fr.list(['Pau', 'Bayonne', 'Dax'])).toBe('Pau, Bayonne et Dax')
  })
})

describe('amounts and lengths of time', () => {
  it('an amount is written as its reader writes it, without decimals it does not have', () => {
    const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
    expect(plain(fr.money(1250.5, 'EUR'))).toBe('1 250,50 €')
    expect(plain(fr.money(1250, 'EUR'))).toBe('1 250 €')
    expect(plain(en.money(1250.5, 'EUR'))).toBe('€1,250.50')
    expect(plain(fr.money(1250, 'JPY'))).toBe('1 250 JPY')
    expect(plain(fr.money(-3, 'CHF'))).toBe('-3 CHF')
    expect(plain(fr.money(1250.5, ''))).toBe('1 250,5')
    expect([fr.currency('EUR'), fr.currency('CHF'), en.currency('USD')]).toEqual(['€', 'CHF', 'US$'])
  })
  it.each([
    [0, '0 min'],
    [45, '45 min'],
    [60, '1 h'],
    [65, '1 h 05'],
    [1590, '26 h 30'],
  ])('%i minutes are %s', (minutes, text) => {
    expect(fr.minutes(minutes).replaceAll('\u00a0', ' ')).toBe(text)
  })
})

describe('phones', () => {
  it.each([
    ['+33559012345', `05${N}59${N}01${N}23${N}45`],
    ['+590690123456', `0690${N}12${N}34${N}56`],
    ['+34943123456', '+34943123456'],
    ['0559', '0559'],
  ])('%s', (kept, read) => {
    expect(fr.phone(kept)).toBe(read)
  })
})
