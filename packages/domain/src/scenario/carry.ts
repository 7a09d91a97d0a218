import type { Day } from '../agenda/day.ts'
import type { StandsHere } from '../territory/placement.ts'
import { passes } from '../territory/rehome-rule.ts'
import type { TreeStep } from '../territory/tree-step.ts'
import {
  addLoads,
  type Held,
  type LiveFacts,
  type Load,
  NO_LOAD,
  type OwnedQuestion,
  type WeighedAccount,
  weigh,
} from './facts.ts'

/** Accounts that have their home in one territory and would have it in another, or stay. */
export type Flow = { readonly from: string; readonly to: string; readonly load: Load }

/** What stands where once some steps are taken. */
export type Carried = {
  readonly flows: readonly Flow[]
  readonly questions: readonly OwnedQuestion[]
  readonly held: readonly Held[]
  /** Accounts that are known one by one, by the home they would have. */
  readonly known: ReadonlyMap<string, readonly WeighedAccount[]>
  /** Accounts that each step passes on. */
  readonly passed: readonly number[]
  /** What stands on each territory when it closes; the shape of the tree tells what lies below. */
  readonly left: ReadonlyMap<string, Omit<StandsHere, 'children'>>
}

/** Territories whose accounts rules choose among: they are to be known one by one. */
export function chosenFrom(steps: readonly TreeStep[]): Set<string> {
  const chosen = new Set<string>()
  for (const step of steps.toReversed()) {
    if (step.of === 'rehome') {
      if (step.rule.by !== 'all' || chosen.has(step.toId)) chosen.add(step.fromId)
    } else if (step.of === 'merge' && chosen.has(step.intoId)) chosen.add(step.territoryId)
  }
  return chosen
}

type Parcel = {
  readonly from: string
  readonly load: Load
  readonly accounts: readonly WeighedAccount[] | null
}

/** The day on which steps hold, and what a person is called. */
export type CarryOn = { readonly day: Day; readonly nameOf: (membershipId: string) => string }

/** Passes accounts, questions and roles on as steps say, in a tree in which they can be taken. */
export function carry(live: LiveFacts, steps: readonly TreeStep[], on: CarryOn): Carried {
  const standing = new Standing(live, on)
  const passed = steps.map((step) => standing.take(step))
  return { ...standing.end(), passed }
}

class Standing {
  readonly #parcels = new Map<string, Parcel[]>()
  readonly #left = new Map<string, Omit<StandsHere, 'children'>>()
  readonly #tree: LiveFacts['tree']
  readonly #on: CarryOn
  #questions: readonly OwnedQuestion[]
  #held: readonly Held[]

  constructor({ tree, loads, accounts, questions, held }: LiveFacts, on: CarryOn) {
    this.#tree = tree
    for (const [from, load] of loads) {
      const known = accounts.get(from)
      this.#parcels.set(from, [{ from, load: known ? weigh(known) : load, accounts: known ?? null }])
    }
    this.#questions = questions
    this.#held = held
    this.#on = on
  }

  end(): Omit<Carried, 'passed'> {
    const flows = [...this.#parcels].flatMap(([to, parcels]) => {
      const sums = new Map<string, Load>()
      for (const { from, load } of parcels) sums.set(from, addLoads(sums.get(from) ?? NO_LOAD, load))
      return [...sums]
        .filter(([, load]) => load.accounts > 0)
        .map(([from, load]): Flow => ({ from, to, load }))
    })
    const known = new Map(
      [...this.#parcels].map(([id, parcels]) => [id, parcels.flatMap(({ accounts }) => accounts ?? [])]),
    )
    return { flows, questions: this.#questions, held: this.#held, known, left: this.#left }
  }

  /** How many accounts a step passes on. */
  take(step: TreeStep): number {
    switch (step.of) {
      case 'merge':
        this.#questions = this.#questions.map((one) => rehung(one, step.territoryId, step.intoId))
        this.#held = this.#held.map((one) => rehung(one, step.territoryId, step.intoId))
        return this.#pass(step.territoryId, step.intoId, null)
      case 'rehome': {
        const { rule } = step
        return this.#pass(step.fromId, step.toId, rule.by === 'all' ? null : (one) => passes(rule, one))
      }
      case 'close':
        this.#left.set(step.territoryId, this.#here(step.territoryId))
        return 0
      case 'assign': {
        const { of: _, ...held } = step
        this.#held = [...this.#held, { ...held, name: this.#on.nameOf(step.membershipId) }]
        return 0
      }
      case 'endAssignment':
        this.#held = this.#held.map((one) =>
          one.id === step.assignmentId ? { ...one, validTo: step.lastDay } : one,
        )
        return 0
      default:
        return 0
    }
  }

  #pass(from: string, to: string, chosen: ((account: WeighedAccount) => boolean) | null): number {
    const here = this.#parcels.get(from) ?? []
    const [leaving, staying] = chosen ? split(here, chosen) : [here, []]
    this.#parcels.set(from, staying)
    this.#parcels.set(to, [...(this.#parcels.get(to) ?? []), ...leaving])
    return leaving.reduce((sum, { load }) => sum + load.accounts, 0)
  }

  #here(id: string): Omit<StandsHere, 'children'> {
    const people = this.#held
      .filter((one) => one.territoryId === id && !isOver(one, this.#on.day))
      .map(({ membershipId }) => membershipId)
    return {
      accounts: this.#accountsAt(id),
      inClosed: this.#inClosed(id),
      people: new Set(people).size,
      fields: this.#questions.filter(({ territoryId }) => territoryId === id).length,
    }
  }

  #accountsAt(id: string): number {
    return (this.#parcels.get(id) ?? []).reduce((sum, { load }) => sum + load.accounts, 0)
  }

  /** Accounts of closed territories below, as far down as all are closed. */
  #inClosed(id: string): number {
    return this.#tree
      .filter(({ parentId, closed }) => parentId === id && closed)
      .reduce((sum, below) => sum + this.#accountsAt(below.id) + this.#inClosed(below.id), 0)
  }
}

const isOver = ({ validTo }: Held, day: Day): boolean => validTo !== null && validTo < day

const rehung = <T extends { readonly territoryId: string }>(one: T, from: string, to: string): T =>
  one.territoryId === from ? { ...one, territoryId: to } : one

/** A parcel whose accounts are not known one by one passes as a whole, or not at all. */
function split(
  parcels: readonly Parcel[],
  chosen: (account: WeighedAccount) => boolean,
): [leaving: Parcel[], staying: Parcel[]] {
  const leaving: Parcel[] = []
  const staying: Parcel[] = []
  for (const parcel of parcels) {
    if (parcel.accounts === null) {
      staying.push(parcel)
      continue
    }
    const keep = (side: Parcel[], accounts: readonly WeighedAccount[]) =>
      side.push({ from: parcel.from, load: weigh(accounts), accounts })
    keep(leaving, parcel.accounts.filter(chosen))
    keep(
      staying,
      parcel.accounts.filter((account) => !chosen(account)),
    )
  }
  return [leaving, staying]
}
