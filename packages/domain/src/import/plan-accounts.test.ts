import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAccountLine } from './account-line.ts'
import { askedFields } from './asked-fields.ts'
import { indexTerritories } from './find-territory.ts'
import { DUPLICATE_CHOICES, type DuplicateChoice } from './import.ts'
import { type AccountEffects, type KnownAccount, planAccounts } from './plan-accounts.ts'

const home = { id: 'h', parentId: null, rank: 0 as const, name: 'France', code: null, path: 'h/' }
const territories = indexTerritories([home])
const mapping = { ref: 0, name: 1, postcode: 2, city: 3, phone: 4, email: 5, activity: 6 }
const lines = (...cells: string[][]) =>
  cells.map((row, i) =>
    readAccountLine(
      { line: i + 2, cells: row },
      { mapping, columns: 7, territories, phone: (raw) => (/^\d+$/.test(raw) ? `+33${raw.slice(1)}` : null) },
    ),
  )
let made = 0
const plan = (
  accounts: readonly KnownAccount[],
  cells: string[][],
  duplicates: DuplicateChoice = 'hold',
): AccountEffects =>
  planAccounts(
    {
      options: { duplicates, territoryId: 'h' },
      territories,
      asked: askedFields('account', [], mapping, territories),
      versions: new Map(),
      day: '2026-11-20',
      newId: () => `a${made++}`,
      author: { membershipId: 'm', importId: 'i' },
    },
    { accounts, made: new Set(), lineOfKey: new Map(), lineOfRecord: new Map() },
    lines(...cells),
  )
const outcomes = (effects: AccountEffects) =>
  effects.verdicts.map(({ outcome, faults }) => faults[0]?.code ?? outcome)
const after = (accounts: readonly KnownAccount[], effects: AccountEffects): KnownAccount[] => [
  ...new Map([...accounts, ...effects.accounts.values()].map((account) => [account.id, account])).values(),
]
const [fromage] = after(
  [],
  plan([], [['R1', 'Fromagerie Ona', '64250', 'Itxassou', '0559000001', 'a@b.fr', 'Fromage']]),
)
const known: KnownAccount[] = fromage ? [fromage] : []

describe('a line and the accounts that are there', () => {
  it('is the one with its number, whatever else it says', () => {
    const effects = plan(known, [['R1', 'Autre nom', '75001', 'Paris']])
    expect(outcomes(effects)).toEqual(['update'])
    expect(effects.changes[0]?.after).toEqual({ name: 'Autre nom', postcode: '75001', city: 'Paris' })
  })
  it('is the one with its name at its place, when their numbers do not say otherwise', () => {
    expect(outcomes(plan(known, [['', 'FROMAGERIE ONA', '64250']]))).toEqual(['update'])
    expect(outcomes(plan(known, [['', 'Fromagerie Ona', '', 'ITXASSOU']]))).toEqual(['update'])
    expect(outcomes(plan(known, [['R2', 'Fromagerie Ona', '64250']]))).toEqual(['duplicate'])
    expect(outcomes(plan(known, [['', 'Fromagerie Ona', '75001', 'Paris']]))).toEqual(['create'])
  })
  it('looks like one by its telephone, its e-mail, or a close name at its place: held, merged or made, as chosen', () => {
    const twins = [
      ['', 'Ona', '', '', '0559000001'],
      ['', 'Ona', '', '', '', 'A@B.fr'],
      ['', 'SARL Fromageries Ona', '64250'],
    ]
    for (const twin of twins) {
      expect(outcomes(plan(known, [twin]))).toEqual(['duplicate'])
      expect(outcomes(plan(known, [twin], 'merge'))).toEqual(['update'])
      expect(outcomes(plan(known, [twin], 'create'))).toEqual(['create'])
    }
    expect(outcomes(plan(known, [['R9', 'Ona', '', '', '0559000001']], 'merge'))).toEqual(['REF_OF_ANOTHER'])
  })
  it('twice in a file counts once', () => {
    expect(
      outcomes(
        plan(
          [],
          [
            ['R5', 'A'],
            ['R5', 'B'],
            ['', 'C', '64000'],
            ['', 'c', '64000'],
          ],
        ),
      ),
    ).toEqual(['create', 'TWICE_IN_FILE', 'create', 'TWICE_IN_FILE'])
    expect(
      outcomes(
        plan(known, [
          ['R1', 'X'],
          ['', 'Fromagerie Ona', '64250'],
        ]),
      ),
    ).toEqual(['update', 'TWICE_IN_FILE'])
  })
  it('empties nothing: a cell without anything says nothing', () => {
    expect(outcomes(plan(known, [['R1', 'Fromagerie Ona', '', '', '', '', '']]))).toEqual(['unchanged'])
  })
})

it('the same file again comes to nothing, whatever the choice, when its lines have their numbers', () => {
  const cell = (...texts: string[]) => fc.constantFrom('', ...texts)
  const row = fc.tuple(
    fc.nat(50).map((n) => `R${n}`),
    cell('Ona', 'ONA ', 'Fromagerie Ona', 'S.A.R.L. Ona', 'Œuvre', '***'),
    cell('64250', '64 250'),
    cell('Itxassou', 'ITXASSOU'),
    cell('0559000001', '05 59', 'appelez'),
    cell('a@b.fr', 'A@B.FR', 'faux'),
    cell('Bar'),
  )
  const file = fc.array(row, { maxLength: 12 })
  fc.assert(
    fc.property(file, fc.constantFrom(...DUPLICATE_CHOICES), (cells, choice) => {
      const first = plan([], cells, choice)
      const there = after([], first)
      const second = plan(there, cells, choice)
      expect(outcomes(second)).toEqual(
        outcomes(first).map((outcome) => (outcome === 'create' ? 'unchanged' : outcome)),
      )
      expect([second.changes, second.facts, second.accounts.size]).toEqual([[], [], 0])
    }),
  )
})
