import { createHash } from 'node:crypto'
import { type Branch, branchFacts } from '@fieldback/db/field/branch-facts.repo'
import { definitionsOf, lockPublications } from '@fieldback/db/field/field.repo'
import { knownTerritories } from '@fieldback/db/org/setup.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { type ErrorCode, type ErrorParams, FieldbackError } from '@fieldback/domain/errors'
import type { FieldEntity, FieldSpec, Localised } from '@fieldback/domain/field/field-spec'
import { STARTER_FIELDS, type StarterField } from '@fieldback/domain/field/starter-fields'
import { checkGiveback, type GivebackVerdict } from '@fieldback/domain/giveback/check-giveback'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { requireWholeOrganisation } from '../access/administer.ts'
import { planAt, publishPlanned } from './publish.ts'

/** One proposed question, judged as its publication will. */
export type StarterLine = {
  readonly key: string
  readonly entity: FieldEntity
  readonly spec: FieldSpec
  /** What it is called where it is published already; null when it is not. */
  readonly published: Localised | null
  /** One for each of its returns, in order. */
  readonly verdicts: readonly GivebackVerdict[]
  /** Why it cannot be published now; null when it can. */
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null
}

export type StarterWish = { readonly key: string; readonly label: Required<Localised> | null }

/** The questions a new organisation may start with, asked by its national territory. */
export async function readStarter(sdb: ScopedDb): Promise<{ reps: number; fields: readonly StarterLine[] }> {
  const root = await requireRoot(sdb)
  const branch = await branchFacts(sdb, root)
  const published = await publishedStarters(sdb, root)
  const fields: StarterLine[] = []
  for (const starter of STARTER_FIELDS) {
    const { key, entity, spec } = starter
    const label = published.get(idOf(sdb, starter)) ?? null
    const { plan } = await planAt(sdb, root, { entity, spec, previous: null, branch })
    fields.push({
      key,
      entity,
      spec,
      published: label,
      verdicts: spec.givebacks.map((giveback) => checkGiveback(giveback, { entity, spec }, branch)),
      fault: plan.ok || label !== null ? null : { code: plan.code, params: plan.params },
    })
  }
  return { reps: branch.reps, fields }
}

/**
 * Publishes questions of the starter set under the administrator's words, by the same rules as any other, all or none:
 * the right to administer the whole organisation goes no further than this set. Those published already stay as they are.
 * FORBIDDEN, NOT_FOUND for a key that is none, and see planPublication.
 */
export async function publishStarter(
  sdb: ScopedDb,
  wishes: readonly StarterWish[],
  newId: () => string,
): Promise<{ published: number }> {
  await requireWholeOrganisation(sdb)
  const root = await requireRoot(sdb)
  await lockPublications(sdb)
  const branch = await branchFacts(sdb, root)
  const known = await publishedStarters(sdb, root)
  let published = 0
  for (const { starter, spec } of wishes.map(wanted)) {
    const fieldId = idOf(sdb, starter)
    if (known.has(fieldId)) continue
    known.set(fieldId, spec.label)
    await publishOne(sdb, { root, branch, starter, spec, fieldId }, newId)
    published += 1
  }
  return { published }
}

type One = {
  readonly root: TerritoryRow
  readonly branch: Branch
  readonly starter: StarterField
  readonly spec: FieldSpec
  readonly fieldId: string
}

async function publishOne(
  sdb: ScopedDb,
  { root, branch, starter, spec, fieldId }: One,
  newId: () => string,
): Promise<void> {
  const { entity, key } = starter
  const { plan } = await planAt(sdb, root, { entity, spec, previous: null, branch })
  if (!plan.ok) throw new FieldbackError(plan.code, { ...plan.params, starter: key })
  await publishPlanned(sdb, { territory: root, entity, fieldId, plan, previous: null }, newId)
}

function wanted({ key, label }: StarterWish): { starter: StarterField; spec: FieldSpec } {
  const starter = STARTER_FIELDS.find((field) => field.key === key)
  if (!starter) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  return { starter, spec: label ? { ...starter.spec, label } : starter.spec }
}

async function requireRoot(sdb: ScopedDb): Promise<TerritoryRow> {
  await requireWholeOrganisation(sdb)
  const [root] = await knownTerritories(sdb)
  if (!root) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  return requireTerritory(sdb, 'organisation.administer', root.id)
}

/** Labels of starter questions in force, by id. */
async function publishedStarters(sdb: ScopedDb, root: TerritoryRow): Promise<Map<string, Localised>> {
  const definitions = await definitionsOf(sdb, [root.id])
  return new Map(definitions.map(({ id, spec }) => [id, spec.label]))
}

/** One field an organisation and question, whatever it is called: pressed twice, it is the same. A UUID made of a hash (v8). */
function idOf({ scope }: ScopedDb, { key }: StarterField): string {
  const hex = createHash('sha256').update(`${scope.orgId}/starter/${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
