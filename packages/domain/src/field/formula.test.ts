import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from './answer.ts'
import { FORMULA_MAX, type FormulaType, formulaFault, formulaValue, parseFormula } from './formula.ts'
import { formulaNames, keptFormula, parseWritten, shownFormula } from './formula-words.ts'

const DAY = '2026-11-29'
const said: Readonly<Record<string, AnswerValue>> = {
  a: 6,
  b: 4,
  zero: 0,
  yes: true,
  unknown: null,
  text: 'x',
  from: '2026-01-01',
  to: '2026-03-01',
}
const value = (text: string, answers: Readonly<Record<string, AnswerValue | undefined>> = said) => {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.reason}`)
  return formulaValue(parsed.root, { said: (id) => answers[id], day: DAY })
}
const fault = (text: string) => {
  const parsed = parseFormula(text)
  return parsed.ok ? null : { reason: parsed.fault.reason, at: parsed.fault.at }
}

describe('a formula', () => {
  it('is arithmetic as people know it', () => {
    expect(value('1 + 2 * 3')).toBe(7)
    expect(value('(1 + 2) * 3')).toBe(9)
    expect(value('10 - 4 - 3')).toBe(3)
    expect(value('100 / 8 / 2')).toBe(6.25)
    expect(value('-{a} + 2')).toBe(-4)
    expect(value('2 × 3 ÷ 4 − 1')).toBe(0.5)
  })
  it('has six functions, in both languages', () => {
    expect(value('min({a}; {b}) + max({a}, {b})')).toBe(10)
    expect(value('abs({b} - {a})')).toBe(2)
    expect(value('round(1.005; 2)')).toBe(1.01)
    expect(value('arrondi(-2.5)')).toBe(-3)
    expect(value('si({a} > {b}; 1; 2)')).toBe(1)
    expect(value('if({yes} = ({a} < {b}), 1, 2)')).toBe(2)
    expect(value('jours({from}; {to})')).toBe(59)
  })
  it("knows the day of the report, never the clock's", () => {
    expect(value('days({from}; day)')).toBe(332)
    expect(value('if(jour >= {from}, 1, 0)')).toBe(1)
  })
  it('has no value where an answer is missing, unknown or of another kind', () => {
    for (const id of ['nobody', 'unknown', 'text', 'yes', 'from']) expect(value(`{${id}} + 1`), id).toBeNull()
    expect(value('min({a}, {nobody})')).toBeNull()
    expect(value('if({nobody} > 1, 1, 2)')).toBeNull()
    expect(value('days({from}, {text})')).toBeNull()
  })
  it('only needs the branch that is taken', () => {
    expect(value('if({a} > 1, {a}, {nobody})')).toBe(6)
    expect(value('if({zero} = 0, 0, {a} / {zero})')).toBe(0)
  })
  it('has no value past a division by zero or what a figure may be', () => {
    expect(value('{a} / {zero}')).toBeNull()
    expect(value('0 / 0')).toBeNull()
    expect(value('999999999999999 * 999999999999999')).toBeNull()
  })
  it('keeps two digits, or fewer where the question says so, and no minus zero', () => {
    expect(value('1 / 3')).toBe(0.33)
    expect(Object.is(value('-{zero}'), 0)).toBe(true)
    expect(Object.is(value('-0.001'), 0)).toBe(true)
    const parsed = parseFormula('{a} / {b}')
    expect(parsed.ok && formulaValue(parsed.root, { said: (id) => said[id], day: DAY }, 0)).toBe(2)
  })
  it('is refused with the place of the fault', () => {
    expect(fault('')).toEqual({ reason: 'empty', at: 0 })
    expect(fault('1 +')).toEqual({ reason: 'end', at: 3 })
    expect(fault('1 + )')).toEqual({ reason: 'sign', at: 4 })
    expect(fault('(1')).toEqual({ reason: 'end', at: 2 })
    expect(fault('1 2')).toEqual({ reason: 'sign', at: 2 })
    expect(fault('sum(1)')).toEqual({ reason: 'function', at: 0 })
    expect(fault('days(1)')).toEqual({ reason: 'arguments', at: 0 })
    expect(fault('1 < 2 < 3')).toEqual({ reason: 'sign', at: 6 })
    expect(fault('[Fours] + 1')).toEqual({ reason: 'reference', at: 0 })
    expect(fault('1,5 + 1')).toEqual({ reason: 'sign', at: 1 })
  })
  it('must come to a number, from questions it may name', () => {
    const types: Readonly<Record<string, FormulaType>> = { a: 'number', yes: 'flag', from: 'day' }
    const wrong = (text: string) => {
      const parsed = parseFormula(text)
      const found = parsed.ok ? formulaFault(parsed.root, (id) => types[id] ?? null) : null
      return found && { reason: found.reason, at: found.at }
    }
    expect(wrong('if({yes}, {a}, 0)')).toBeNull()
    expect(wrong('days({from}, day) + {a}')).toBeNull()
    expect(wrong('{a} > 1')).toEqual({ reason: 'type', at: 4 })
    expect(wrong('1 + {from}')).toEqual({ reason: 'type', at: 4 })
    expect(wrong('if({a}, 1, 2)')).toEqual({ reason: 'type', at: 3 })
    expect(wrong('if({yes} > {yes}, 1, 2)')).toEqual({ reason: 'type', at: 9 })
    expect(wrong('if({yes}, {from}, 1)')).toEqual({ reason: 'type', at: 18 })
    expect(wrong('{a} + {other}')).toEqual({ reason: 'reference', at: 6 })
  })
  it('cannot loop, run away or reach outside', () => {
    expect(fault(`${'('.repeat(300)}1`)).toMatchObject({ reason: 'deep' })
    expect(fault('-'.repeat(399))).toMatchObject({ reason: 'deep' })
    expect(fault(`1${'+1'.repeat(300)}`)).toMatchObject({ reason: 'long' })
    expect(fault(' '.repeat(FORMULA_MAX + 1))).toMatchObject({ reason: 'long' })
    for (const text of [
      'constructor(1)',
      '__proto__(1)',
      'toString(1)',
      'process',
      'a.b',
      '`1`',
      '"x"',
      '1;2',
    ])
      expect(fault(text), text).not.toBeNull()
    expect(value('{constructor} + {__proto__}')).toBeNull()
  })
})

const anyAnswer = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.string(),
  fc.constantFrom('2026-01-01', '2024-02-29'),
  fc.array(fc.string()),
)
const leaf = fc.constantFrom('1', '0', '0.5', '999999999999999', '{a}', '{b}', '{c}', 'day')
const anyFormula = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc
      .tuple(tie('text'), fc.constantFrom('+', '-', '*', '/', '<', '='), tie('text'))
      .map(([l, op, r]) => `(${l} ${op} ${r})`),
    fc
      .tuple(fc.constantFrom('min', 'max', 'days'), tie('text'), tie('text'))
      .map(([f, l, r]) => `${f}(${l}, ${r})`),
    fc.tuple(tie('text'), tie('text'), tie('text')).map(([c, l, r]) => `if(${c}, ${l}, ${r})`),
    tie('text').map((text) => `-${text}`),
    fc
      .tuple(tie('text'), fc.integer({ min: -2, max: 9 }))
      .map(([text, digits]) => `round(${text}, ${digits})`),
  ),
})).text

describe('any formula over any answers', () => {
  it('comes to a figure an answer could be, or to none; the order of the answers is nothing to it', () => {
    fc.assert(
      fc.property(anyFormula, fc.array(anyAnswer, { minLength: 3, maxLength: 3 }), (text, [a, b, c]) => {
        const parsed = parseFormula(text)
        if (!parsed.ok) return expect(['deep', 'long']).toContain(parsed.fault.reason)
        const forth: Record<string, AnswerValue | undefined> = { a, b, c }
        const back: Record<string, AnswerValue | undefined> = { c, b, a }
        const result = formulaValue(parsed.root, { said: (id) => forth[id], day: DAY })
        expect(result === null || (Number.isFinite(result) && Math.abs(result) <= 1e15)).toBe(true)
        expect(Object.is(result, -0)).toBe(false)
        expect(formulaValue(parsed.root, { said: (id) => back[id], day: DAY })).toBe(result)
      }),
    )
  })
  it('is read or refused, whatever is typed, with a place inside the text', () => {
    const typed = fc.array(
      fc.constantFrom(
        '1',
        '+',
        '(',
        ')',
        '{a}',
        '[x]',
        'if',
        ';',
        '<',
        '\u202E',
        '\0',
        '<script>',
        'é',
        '😀',
        ' ',
      ),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          typed.map((parts) => parts.join('')),
        ),
        (text) => {
          const parsed = parseFormula(text)
          if (!parsed.ok)
            expect(parsed.fault.at >= 0 && parsed.fault.at <= Math.max(text.length, FORMULA_MAX)).toBe(true)
        },
      ),
    )
  })
})

describe('a formula as people write it', () => {
  const names = formulaNames([
    { id: 'a', label: 'Nombre de [fours] ?' },
    { id: 'b', label: 'Nombre de fours ?' },
    { id: 'c', label: 'nombre de   fours ?' },
  ])
  it('names questions, each by a name of its own', () => {
    expect([...names.values()]).toEqual(['Nombre de fours ?', 'Nombre de fours ? 2', 'nombre de fours ? 3'])
  })
  it('comes back as it was kept, in either language', () => {
    const kept = 'if({a} > 2, round({b} / {c}, 1), days(day, day))'
    const french = shownFormula(kept, names, 'fr')
    expect(french).toBe(
      'si([Nombre de fours ?] > 2, arrondi([Nombre de fours ? 2] / [nombre de fours ? 3], 1), jours(jour, jour))',
    )
    expect(keptFormula(french, names)).toBe(kept)
    expect(keptFormula(shownFormula(kept, names, 'en'), names)).toBe(kept)
  })
  it('tells a fault where it was written', () => {
    const parsed = parseWritten('[Nombre de fours ?] + [Autre]', names)
    expect(parsed).toMatchObject({ ok: false, fault: { reason: 'reference', at: 22 } })
    expect(parseWritten('[nombre de fours ?] + 1', names)).toMatchObject({ ok: true, fields: ['a'] })
  })
})
