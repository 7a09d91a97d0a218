import type { TreeNode } from '../territory/tree-step.ts'
import type { Held, LiveFacts, OwnedQuestion, WeighedAccount } from './facts.ts'
import { weigh } from './facts.ts'

/** france > aquitaine > pyrenees > basque, bearn; aquitaine > landes: names are ids. */
const node = (id: string, parentId: string | null, rank: TreeNode['rank']): TreeNode => ({
  id,
  parentId,
  rank,
  name: id,
  code: null,
  closed: false,
})

export const TREE: readonly TreeNode[] = [
  node('france', null, 0),
  node('aquitaine', 'france', 1),
  node('pyrenees', 'aquitaine', 2),
  node('basque', 'pyrenees', 3),
  node('bearn', 'pyrenees', 3),
  node('landes', 'aquitaine', 2),
  node('marsan', 'landes', 3),
]

const account = (id: string, city: string): WeighedAccount => ({
  id,
  name: id,
  city,
  street: null,
  values: {},
  visitDue: id.endsWith('1'),
  reports: 2,
})

const ACCOUNTS: ReadonlyMap<string, readonly WeighedAccount[]> = new Map([
  ['basque', [account('a1', 'Bayonne'), account('a2', 'Bayonne'), account('a3', 'Mauléon')]],
  ['bearn', [account('b1', 'Pau')]],
  ['marsan', [account('m1', 'Mont-de-Marsan'), account('m2', 'Mont-de-Marsan')]],
])

const question = (id: string, territoryId: string, seconds: number): OwnedQuestion => ({
  id,
  key: id,
  entity: 'report',
  label: { fr: id },
  territoryId,
  seconds,
})

const held = (membershipId: string, territoryId: string, role: Held['role'] = 'rep'): Held => ({
  id: `${membershipId}@${territoryId}`,
  membershipId,
  name: membershipId,
  role,
  territoryId,
  validFrom: '2026-01-01',
  validTo: null,
})

/** Six accounts, a question at four levels, a rep in each sub-sector and a manager in each local territory. */
export const LIVE: LiveFacts = {
  tree: TREE,
  accounts: ACCOUNTS,
  loads: new Map([...ACCOUNTS].map(([id, accounts]) => [id, weigh(accounts)])),
  questions: [
    question('order', 'france', 10),
    question('surf', 'aquitaine', 2),
    question('mountain', 'pyrenees', 3),
    question('speaksBasque', 'basque', 5),
    question('pines', 'landes', 7),
  ],
  held: [
    held('maya', 'basque'),
    held('peio', 'bearn'),
    held('rose', 'marsan'),
    held('local', 'pyrenees', 'manager'),
    held('forester', 'landes', 'manager'),
  ],
}

export const ON = { day: '2027-03-01', ahead: false, nameOf: (id: string) => id }
export const AHEAD = { ...ON, ahead: true }
export const DAYS = { today: '2026-11-20', effective: '2027-03-01' }
