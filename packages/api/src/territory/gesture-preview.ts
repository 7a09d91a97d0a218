import { definitionsOf } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { readHere } from '@fieldback/db/territory/administer.repo'
import { reportsAt } from '@fieldback/db/territory/choices.repo'
import { hangsOn } from '@fieldback/db/territory/hang.repo'
import { fieldsOwned, type OwnedAt } from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { asChosen, type ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { clashesOf, type Twice, toldClash } from '@fieldback/domain/territory/fields-meet'
import { childPath, isWithin, pathIds } from '@fieldback/domain/territory/path'
import { type Fault, linesChanged } from '@fieldback/domain/territory/placement'
import { applySteps, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { type ClashView, previewClashes } from './clash-preview.ts'
import { meetingOf } from './merge-territory.ts'
import { tooMany } from './pass-accounts.ts'
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
  /** The same question on both sides, once all that was chosen is done. */
  readonly twice: readonly Twice[]
  /** Questions that clash before anything is chosen. */
  readonly clashes: readonly ClashView[]
  /** Why it cannot be done, besides; null when it can. */
  readonly fault: Fault | null
}

/** Rights are those of the merge itself. NOT_FOUND, FORBIDDEN, TERRITORY_RANK. */
export async function previewMerge(
  sdb: ScopedDb,
  {
    territoryId,
    intoId,
    clashes: choices,
  }: {
    readonly territoryId: string
    readonly intoId: string
    readonly clashes: readonly ClashChoice[]
  },
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
  const meeting = await meetingOf(sdb, { id: '', from, into })
  const [own, near] = [asChosen(meeting.own, choices), asChosen(meeting.near, choices)]
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
    twice: clashesOf(own, near, meeting.meets).map(toldClash),
    clashes: await previewClashes(sdb, { merged: { from, into }, meeting }, choices),
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
  passing: { readonly accounts: number; readonly reports: number },
): Fault | null {
  return inClosed > 0 ? { code: 'TERRITORY_NOT_EMPTY', params: { inClosed } } : tooMany(passing)
}

/** What moving a branch would do to the questions asked in it; nothing is written. */
export type MovePreview = Pick<MergePreview, 'gained' | 'lost' | 'twice' | 'clashes' | 'fault'>

/** Rights are those of the move itself. NOT_FOUND, FORBIDDEN. */
export async function previewMove(
  sdb: ScopedDb,
  {
    territoryId,
    parentId,
    clashes: choices,
  }: {
    readonly territoryId: string
    readonly parentId: string
    readonly clashes: readonly ClashChoice[]
  },
): Promise<MovePreview> {
  const steps: TreeStep[] = [{ of: 'move', territoryId, parentId }]
  const tree = await nearTree(sdb, { ids: [territoryId, parentId], codes: [] })
  const known = new Map(tree.map((place) => [place.id, place]))
  checkRights(sdb.scope, known, steps)
  const [from, to] = [at(known, territoryId), at(known, parentId)]
  const { left, joined } = linesChanged(from.path, childPath(to.path, from.id))
  const fields = await fieldsOwned(sdb, { branches: [from.path], ids: [...left, ...joined] })
  const meeting = {
    id: '',
    territoryId,
    own: fields.filter(({ path }) => isWithin(from.path, path)),
    near: fields.filter(({ definition }) => joined.includes(definition.territoryId)),
  }
  const chosen = asChosen(fields, choices)
  const of =
    (owners: readonly string[]) =>
    ({ definition }: OwnedAt) =>
      owners.includes(definition.territoryId)
  const taken = applySteps(tree, steps)
  return {
    gained: labels(chosen, of(joined)),
    lost: labels(chosen, of(left)),
    twice: clashesOf(asChosen(meeting.own, choices), asChosen(meeting.near, choices)).map(toldClash),
    clashes: await previewClashes(sdb, { merged: null, meeting }, choices),
    fault: 'fault' in taken ? taken.fault : null,
  }
}
