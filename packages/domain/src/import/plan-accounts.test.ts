import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameKey } from '../account/normalise.ts'
import { readAccountLine } from './account-line.ts'
import type { KnownAccount } from './accounts-around.ts'
import { askedFields } from './asked-fields.ts'
import { indexTerritories } from './find-territory.ts'
import { DUPLICATE_CHOICES, type DuplicateChoice } from './import.ts'
import { type AccountEffects, planAccounts } from './plan-accounts.ts'

const home = { id: 'h', parentId: null, rank: 0 as const, name: 'France', code: null, path: 'h/' }
const territories = indexTerritories([home])
const mapping = { ref: 0, name: 1, postcode: 2, city: 3, phone: 4, email: 5, activity: 6, street: 7 }
const lines = (...cells: string[][]) =>
  cells.map((row, i) =>
    readAccountLine(
      { line: i + 2, cells: row },
      { mapping, columns: 8, territories, phone: (raw) => (/^\d+$/.test(raw) ? `+33${raw.slice(1)}` : null) },
    ),
  )
/** Stands for how the database hears names: without vowels, doubled letters and legal forms, in any order. */
const sketchesOf = (keys: readonly string[]) =>
  new Map(
    keys.map((key) => [
      key,
      key
        .replace(/\bsarl\b|[aeiou]/g, '')
        .replace(/(.)\1/g, '$1')
        .split(' ')
        .filter((word) => word !== '')
        .sort()
        .join(' '),
    ]),
  )
let made = 0
const plan = (
  accounts: readonly KnownAccount[],
  cells: string[][],
  duplicates: DuplicateChoice = 'hold',
): AccountEffects => {
  const read = lines(...cells)
  return planAccounts(
    {
      options: { duplicates, territoryId: 'h' },
      territories,
      asked: askedFields('account', [], { mapping, territories, phone: () => null }),
      versions: new Map(),
      conversions: [],
      day: '2026-11-20',
      newId: () => `a${made++}`,
      author: { membershipId: 'm', importId: 'i' },
    },
    {
      accounts,
      made: new Set(),
      lineOfKey: new Map(),
      lineOfRecord: new Map(),
      earlier: [],
      sketches: sketchesOf(
        [...accounts, ...read].map(({ name }) => nameKey(name)).filter((key) => key !== ''),
      ),
    },
    read,
  )
}
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
const settled = known.map((account) => ({ ...account, street: '2 rue du Port' }))

it('a name comes in on one line, without what turns or hides in the text around it; one that cannot be seen is missing', () => {
  const [turned, hidden, unseen] = lines(
    ['', '\u202eFromagerie\u202c\u2028Ona', '', 'Itx\u200bassou'],
    ['\ufeffR1', 'Fromage\u200brie Ona'],
    ['', '\u2067\u200b\u2069'],
  )
  expect(turned).toMatchObject({ name: 'Fromagerie Ona', nameKey: 'fromagerie ona', city: 'Itxassou' })
  expect(hidden).toMatchObject({ ref: 'R1', name: 'Fromagerie Ona', nameKey: 'fromagerie ona' })
  expect(unseen?.reader.faults).toEqual([{ code: 'MISSING', target: 'name', params: {} }])
})

describe('a line and the accounts that are there', () => {
  it('is the one with its number, when it bears a close name or something that the client keeps', () => {
    const effects = plan(known, [['R1', 'SARL Fromagerie Ona', '75001', 'Paris']])
    expect(outcomes(effects)).toEqual(['update'])
    expect(effects.changes[0]?.after).toEqual({
      name: 'SARL Fromagerie Ona',
      postcode: '75001',
      city: 'Paris',
    })
    const renamed = [
      ['R1', 'Maison Etcheverry', '', '', '0559000001'],
      ['R1', 'Maison Etcheverry', '', '', '', 'A@B.fr'],
      ['R1', 'Maison Etcheverry', '64250', '', '', '', '', '2, Rue du Port'],
    ]
    for (const line of renamed) expect(outcomes(plan(settled, [line]))).toEqual(['update'])
  })
  it('with the number of another company never turns it into that company, whatever the choice', () => {
    const others = [
      ['R1', 'Transports Etcheverry', '64250', 'Itxassou'],
      ['R1', 'Transports Etcheverry', '64250', '', '0559000009', 'c@d.fr', '', '9 rue du Port'],
      ['R1', 'Transports Etcheverry', '75001', '', '', '', '', '2 rue du Port'],
    ]
    for (const line of others)
      for (const choice of DUPLICATE_CHOICES) {
        const effects = plan(settled, [line], choice)
        expect(effects.verdicts[0]?.faults).toEqual([
          { code: 'REF_OF_ANOTHER', target: 'ref', params: { value: 'R1', name: 'Fromagerie Ona' } },
        ])
        expect([effects.changes, effects.accounts.size]).toEqual([[], 0])
      }
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
    expect(outcomes(plan(known, [['R9', 'Ona', '', '', '', 'A@B.fr']], 'merge'))).toEqual(['REF_DIFFERS'])
  })
  it('looks like one elsewhere in its department by a name that differs by its spelling, unless something says otherwise', () => {
    const reasons = (cells: string[]) => {
      const [verdict] = plan(known, [cells]).verdicts
      return [verdict?.outcome, ...(verdict?.matches[0]?.reasons ?? [])]
    }
    expect(reasons(['', 'Fromagerie Ona', '64100', 'Bayonne'])).toEqual(['duplicate', 'name_same_department'])
    expect(reasons(['', 'SARL Ona Fromagerrie', '64100', 'Bayonne'])).toEqual([
      'duplicate',
      'close_name_same_department',
    ])
    expect(reasons(['', 'SARL Ona Fromages', '64100', 'Bayonne'])).toEqual(['create'])
    expect(reasons(['', 'Fromagerie Ona', '40100', 'Dax'])).toEqual(['create'])
    expect(reasons(['R2', 'Fromagerie Ona', '64100', 'Bayonne'])).toEqual(['create'])
    expect(reasons(['', 'Fromagerie Ona', '64100', 'Bayonne', '0559000009'])).toEqual(['create'])
    expect(reasons(['', 'Fromagerie Ona', '64100', 'Bayonne', '', 'c@d.fr'])).toEqual(['create'])
    expect(reasons(['', 'Fromagerie Ona', '64100', 'Bayonne', '0559000001'])).toEqual([
      'duplicate',
      'phone',
      'name_same_department',
    ])
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
          ['R1', 'Ona', '64250'],
          ['', 'Fromagerie Ona', '64250'],
        ]),
      ),
    ).toEqual(['update', 'TWICE_IN_FILE'])
    expect(
      outcomes(
        plan(known, [
          ['R1', 'X'],
          ['R1', 'Ona'],
          ['R1', 'Y'],
        ]),
      ),
    ).toEqual(['REF_OF_ANOTHER', 'update', 'TWICE_IN_FILE'])
  })
  it('keeps its number when it is refused for what else it says: no later line takes it', () => {
    const file = [
      ['R1', 'Œuvre', '', '', '', 'a@b.fr'],
      ['R2', 'Bar', '', '', '', 'a@b.fr'],
      ['R2', 'Fromagerie Ona'],
    ]
    const first = plan([], file, 'merge')
    expect(outcomes(first)).toEqual(['create', 'REF_DIFFERS', 'TWICE_IN_FILE'])
    expect(first.verdicts.map(({ matchKey }) => matchKey)).toEqual(['#R1', '#R2', null])
    expect(outcomes(plan(after([], first), file, 'merge'))).toEqual([
      'unchanged',
      'REF_DIFFERS',
      'TWICE_IN_FILE',
    ])
  })
  it('empties nothing: a cell without anything says nothing', () => {
    expect(outcomes(plan(known, [['R1', 'Fromagerie Ona', '', '', '', '', '']]))).toEqual(['unchanged'])
  })
})

describe('a line and the earlier lines of its file', () => {
  const first = ['R1', 'Fromagerie Ona', '64250', 'Itxassou', '0559000001', 'a@b.fr']
  const lookalikes = [
    ['', 'Bar', '75001', 'Paris', '0559000001'],
    ['R2', 'Bar', '75001', 'Paris', '', 'A@B.fr'],
    ['R2', 'Ona Fromagerie', '75001', 'Paris', '0559000001'],
    ['R2', 'Fromagerie Ona', '64250'],
    ['R2', 'Fromageries Ona', '', 'ITXASSOU'],
    ['', 'Fromagerie Ona et fils', '64250'],
    ['', 'Fromagerrie Ona', '64100', 'Bayonne'],
  ]
  it('looks like one of them: it is held back and told which, or made when that is chosen', () => {
    for (const twin of lookalikes) {
      const held = plan([], [first, twin])
      expect(outcomes(held)).toEqual(['create', 'duplicate'])
      expect(held.verdicts[1]?.matches).toMatchObject([
        { line: 2, name: 'Fromagerie Ona', place: 'Itxassou' },
      ])
      expect(held.accounts.size).toBe(1)
      expect(outcomes(plan([], [first, twin], 'create'))).toEqual(['create', 'create'])
    }
  })
  it('shares words with others of its town: no doubt, where its number or its telephone is another', () => {
    const bakery = ['R1', 'Boulangerie Pâtisserie Garat', '64250', '', '0559000001']
    const other = 'Boulangerie Pâtisserie Lapitz'
    expect(outcomes(plan([], [bakery, ['', other, '64250']]))).toEqual(['create', 'duplicate'])
    expect(outcomes(plan([], [bakery, ['R2', other, '64250']]))).toEqual(['create', 'create'])
    expect(outcomes(plan([], [bakery, ['', other, '64250', '', '0559000009']]))).toEqual(['create', 'create'])
  })
  it('shares a switchboard with another number of its chain: no doubt, close as their names and places are', () => {
    const shop = (n: number) => [`R${n}`, `Boulangerie Garat ${n}`, '64250', '', '0559000001', `${n}@b.fr`]
    expect(outcomes(plan([], [shop(1), shop(2), shop(3)]))).toEqual(['create', 'create', 'create'])
    expect(outcomes(plan([], [shop(1), ['', ...shop(2).slice(1)]]))).toEqual(['create', 'duplicate'])
  })
  it('is never merged into a line: it waits, or has its number corrected', () => {
    expect(outcomes(plan([], [first, ['R2', 'Fromageries Ona', '64250']], 'merge'))).toEqual([
      'create',
      'REF_DIFFERS',
    ])
    expect(outcomes(plan([], [first, ['', 'Fromageries Ona', '64250']], 'merge'))).toEqual([
      'create',
      'duplicate',
    ])
  })
  it('is there twice when it has the same name at the same place and no other number', () => {
    expect(outcomes(plan([], [first, ['', 'FROMAGERIE ONA', '64250']], 'create'))).toEqual([
      'create',
      'TWICE_IN_FILE',
    ])
  })
  it('is compared with those that bring an account, held ones too, and with no refused one', () => {
    const refused = ['R1', 'Fromagerie Ona', '64250', 'Itxassou', '0559000001', 'faux']
    expect(outcomes(plan([], [refused, ['R2', 'Fromagerie Ona', '64250']]))).toEqual(['NOT_EMAIL', 'create'])
    const chain = [
      first,
      ['', 'Bar', '40000', '', '0559000001', 'c@d.fr'],
      ['R3', 'Café', '40000', '', '', 'c@d.fr'],
    ]
    expect(outcomes(plan([], chain))).toEqual(['create', 'duplicate', 'duplicate'])
  })
})

it('the same file again comes to nothing, whatever the choice, when its lines have their numbers', () => {
  const cell = (...texts: string[]) => fc.constantFrom('', ...texts)
  const row = fc.tuple(
    fc.nat(8).map((n) => `R${n}`),
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

it('what was refused of a file, sent again as it was, changes nothing of what came in', () => {
  const row = fc.tuple(
    fc.constantFrom('R1', 'R2'),
    fc.constantFrom('Ona', 'Fromagerie Ona', 'Transports Etcheverry', 'Bar du Fronton', 'Garage Lapitz'),
    fc.constantFrom('', '64250', '75001'),
  )
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (cells) => {
      const first = plan([], cells)
      const there = after([], first)
      const refused = cells.filter((_, i) => first.verdicts[i]?.outcome === 'refused')
      for (const cell of refused) {
        const second = plan(there, [cell])
        const owner = there.find(({ ref }) => ref === cell[0])
        const shared = cell[1].includes('Ona') && owner?.name.includes('Ona')
        if (owner && owner.name !== cell[1] && !shared) expect(outcomes(second)).toEqual(['REF_OF_ANOTHER'])
      }
    }),
  )
})
