import { accountsAt, countReports } from '@fieldback/db/account/move.repo'
import { definitionsOf } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { readHere } from '@fieldback/db/territory/administer.repo'
import { type Counted, reportsAt, townsAt } from '@fieldback/db/territory/choices.repo'
import { hangsOn } from '@fieldback/db/territory/hang.repo'
import type { OwnedAt } from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { questionsTwice, type Twice } from '@fieldback/domain/territory/fields-meet'
import { isWithin, type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Fault } from '@fieldback/domain/territory/placement'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { streetOf } from '@fieldback/domain/territory/rehome-rule'
import { applySteps, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { meetingOf } from './merge-territory.ts'
import { ACCOUNTS_MAX, passingAccounts, REPORTS_MAX } from './pass-accounts.ts'
import { checkRights } from './step-rights.ts'

/** What merging two territories would do; nothing is written. */
export type MergePreview = {
  readonly from: { readonly id: string; readonly name: string }
  readonly into: { readonly id: string; readonly name: string }
  /** What stands on the first itself and passes to the second. */
  readonly accounts: number
  readonly reports: number
  readonly people: number
  readonly territories: number
  /** Its own questions, which will be asked in all of the second's branch. */
  readonly spread: readonly Localised[]
  /** Asked anew at its accounts, and no longer asked there. */
  readonly gained: readonly Localised[]
  readonly lost: readonly Localised[]
  /** Details made of questions and lists that are not known there: they stay behind, without effect. */
  readonly stays: number
  /** The same question on both sides. */
  readonly twice: readonly Twice[]
  /** Why it cannot be done, besides; null when it can. */
  readonly fault: Fault | null
}

/** Rights are those of the merge itself. NOT_FOUND, FORBIDDEN, TERRITORY_RANK. */
export async function previewMerge(
  sdb: ScopedDb,
  { territoryId, intoId }: { readonly territoryId: string; readonly intoId: string },
): Promise<MergePreview> {
  await requireTerritory(sdb, 'territory.arrange', territoryId)
  await requireTerritory(sdb, 'territory.arrange', intoId)
  const steps: TreeStep[] = [{ of: 'merge', territoryId, intoId }]
  const tree = await nearTree(sdb, { ids: [territoryId, intoId], codes: [] })
  const known = new Map(tree.map((place) => [place.id, place]))
  checkRights(sdb.scope, known, steps)
  const [from, into] = [at(known, territoryId), at(known, intoId)]
  const here = await readHere(sdb, from.id)
  const reports = await reportsAt(sdb, from.id)
  const { own, near } = await meetingOf(sdb, { id: '', from, into })
  const { stays } = await hangsOn(sdb, from.id, into)
  const above = await definitionsOf(
    sdb,
    pathIds(from.path).filter((id) => id !== from.id && !pathIds(into.path).includes(id)),
  )
  const taken = applySteps(tree, steps)
  const { accounts, people } = here
  return {
    from: { id: from.id, name: from.name },
    into: { id: into.id, name: into.name },
    accounts,
    reports,
    people,
    territories: here.children,
    spread: labels(own, ({ path }) => path === from.path),
    gained: labels(near, ({ path }) => isWithin(path, into.path)),
    lost: above.filter(({ retired }) => !retired).map(({ spec }) => spec.label),
    stays: (stays.tightening?.length ?? 0) + (stays.item?.length ?? 0),
    twice: questionsTwice(own, near),
    fault: 'fault' in taken ? taken.fault : faultOf(here.inClosed, { accounts, reports }),
  }
}

function at(known: ReadonlyMap<string, NearTerritory>, id: string): NearTerritory {
  const place = known.get(id)
  if (!place) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  return place
}

const labels = (fields: readonly OwnedAt[], keep: (field: OwnedAt) => boolean): Localised[] =>
  fields
    .filter((field) => !field.definition.retired && keep(field))
    .map(({ definition }) => definition.spec.label)

function faultOf(
  inClosed: number,
  { accounts, reports }: { readonly accounts: number; readonly reports: number },
): Fault | null {
  if (inClosed > 0) return { code: 'TERRITORY_NOT_EMPTY', params: { inClosed } }
  if (accounts > ACCOUNTS_MAX) return { code: 'TOO_LARGE', params: { accounts, max: ACCOUNTS_MAX } }
  if (reports > REPORTS_MAX) return { code: 'TOO_LARGE', params: { reports, max: REPORTS_MAX } }
  return null
}

/** Towns and streets shown at most. */
const CHOICES_MAX = 300

export type Street = Counted & { readonly odd: number; readonly even: number }

export type SplitChoices = {
  readonly accounts: number
  /** The fullest first. */
  readonly towns: readonly Counted[]
  /** Of the town that was asked for. */
  readonly streets: readonly Street[]
  /** Some towns or streets were left off. */
  readonly more: boolean
  /** Questions asked of its accounts, with their answers. */
  readonly questions: readonly {
    readonly id: string
    readonly label: Localised
    readonly answers: readonly { readonly option: string; readonly label: Localised | null }[]
  }[]
}

/** By what the accounts of a territory may be told apart. */
export async function splitChoices(
  sdb: ScopedDb,
  { territoryId, town }: { readonly territoryId: string; readonly town: string | null },
): Promise<SplitChoices> {
  const territory = await requireTerritory(sdb, 'territory.arrange', territoryId)
  const towns = await townsAt(sdb, territory.id, CHOICES_MAX + 1)
  const here = await accountsAt(sdb, territory.id, false)
  const streets =
    town === null ? [] : streetsOf(here.filter(({ city }) => nameKey(city ?? '') === nameKey(town)))
  return {
    accounts: here.length,
    towns: towns.slice(0, CHOICES_MAX),
    streets: streets.slice(0, CHOICES_MAX),
    more: towns.length > CHOICES_MAX || streets.length > CHOICES_MAX,
    questions: await questionsOf(sdb, territory.path),
  }
}

function streetsOf(accounts: readonly { readonly street: string | null }[]): Street[] {
  const found = new Map<string, Street>()
  for (const { street } of accounts) {
    const { number, key, name } = streetOf(street ?? '')
    if (key === '') continue
    const known = found.get(key) ?? { name, accounts: 0, odd: 0, even: 0 }
    found.set(key, {
      ...known,
      accounts: known.accounts + 1,
      odd: known.odd + (number !== null && number % 2 === 1 ? 1 : 0),
      even: known.even + (number !== null && number % 2 === 0 ? 1 : 0),
    })
  }
  return [...found.values()].sort((a, b) => b.accounts - a.accounts || a.name.localeCompare(b.name, 'fr'))
}

async function questionsOf(sdb: ScopedDb, path: Path): Promise<SplitChoices['questions']> {
  const asked = await definitionsOf(sdb, pathIds(path))
  return asked.flatMap(({ id, entity, retired, spec }) => {
    if (entity !== 'account' || retired) return []
    const answers =
      spec.type === 'yes_no'
        ? ['true', 'false'].map((option) => ({ option, label: null }))
        : spec.options
            .filter((option) => !option.retired)
            .map((option) => ({ option: option.id, label: option.label }))
    return answers.length === 0 ? [] : [{ id, label: spec.label, answers }]
  })
}

export type SplitPreview = {
  readonly accounts: number
  readonly of: number
  readonly reports: number
  readonly fault: Fault | null
}

/** What a split would pass on. */
export async function previewSplit(
  sdb: ScopedDb,
  { fromId, rule }: { readonly fromId: string; readonly rule: RehomeRule },
): Promise<SplitPreview> {
  const from = await requireTerritory(sdb, 'territory.arrange', fromId)
  const ids = await passingAccounts(sdb, from.id, rule)
  const { accounts: all } = await readHere(sdb, from.id)
  const reports = ids.length > ACCOUNTS_MAX ? 0 : await countReports(sdb, ids)
  return { accounts: ids.length, of: all, reports, fault: faultOf(0, { accounts: ids.length, reports }) }
}
