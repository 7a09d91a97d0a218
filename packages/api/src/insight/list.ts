import { type OwnedConcept, unsafeFindConcepts } from '@fieldback/db/concept/concept.repo'
import {
  findLastRun,
  findNamed,
  findQuestions,
  findShown,
  findShownPlace,
  keepOpinion,
  type ShownRow,
} from '@fieldback/db/insight/insight.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { branchesWith, type Scope } from '@fieldback/domain/access/scope'
import type { Period } from '@fieldback/domain/analytics/period'
import { conceptAsField } from '@fieldback/domain/concept/concept'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import {
  answerOf,
  mayBeTold,
  type NamedAccount,
  type ToldInsight,
  throughOwn,
} from '@fieldback/domain/insight/told'
import type { Path } from '@fieldback/domain/territory/path'

export type Insights = {
  /** What was looked at last; null before the first run. */
  readonly period: Period | null
  /** At the territory, below it, and above it; each most useful first, those judged of no use last. */
  readonly here: readonly ToldInsight[]
  readonly below: readonly ToldInsight[]
  readonly above: readonly ToldInsight[]
  /** How many below are left to the pages of their territories. */
  readonly more: number
}

/** What is read of the territories below at once. */
const BELOW_MOST = 20

/** What the figures of a territory say, as far as its reader may know it. */
export async function listInsights(sdb: ScopedSql, territoryId: string): Promise<Insights> {
  const { path } = await requireTerritory(sdb, 'giveback.read', territoryId, { evenClosed: true })
  const [run, told] = [await findLastRun(sdb), await tellInsights(sdb, path)]
  const at = (holds: (one: ToldInsight) => boolean) => told.filter(holds).toSorted(usefulFirst)
  const below = at(({ place }) => !path.includes(place.id))
  return {
    period: run?.period ?? null,
    here: at(({ place }) => place.id === territoryId),
    below: below.slice(0, BELOW_MOST),
    above: at(({ place }) => place.id !== territoryId && path.includes(place.id)),
    more: Math.max(0, below.length - BELOW_MOST),
  }
}

const usefulFirst = (a: ToldInsight, b: ToldInsight): number =>
  Number(a.useful === false) - Number(b.useful === false)

/** What may be told at a territory, on the path to it and below it. */
export async function tellInsights(sdb: ScopedSql, branch: Path): Promise<ToldInsight[]> {
  const rows = (await findShown(sdb, branch)).filter(({ insight, people, place }) =>
    mayBeTold(sdb.scope, { kind: insight.kind, people, path: place.path }),
  )
  const fieldIds = rows.flatMap(({ insight: { factor } }) => ('fieldId' in factor ? factor.fieldId : []))
  const accountIds = rows.flatMap(({ insight }) => insight.accounts)
  const questions = fieldIds.length === 0 ? [] : await findQuestions(sdb, [...new Set(fieldIds)])
  const known = new Set(questions.map(({ id }) => id))
  const others = fieldIds.filter((id) => !known.has(id))
  const concepts = others.length === 0 ? [] : await unsafeFindConcepts(sdb.tx, sdb.scope.orgId, others)
  const named = accountIds.length === 0 ? [] : await findNamed(sdb, [...new Set(accountIds)])
  const fields = new Map(questions.map((field) => [field.id, field]))
  const accounts = new Map(named.map((account) => [account.id, account]))
  return rows.flatMap((row) => {
    const told = tell(row, { fields, accounts })
    const { factor } = row.insight
    const of = concepts.find(({ concept }) => 'fieldId' in factor && concept.id === factor.fieldId)
    return of ? (tellConcept(told, sdb.scope, of) ?? []) : told
  })
}

/** What a phone is told: enough to read in a pause. */
const PHONE_MOST = 12

/** What may be told where the reader works and above, for his phone to keep. */
export async function ownInsights(sdb: ScopedSql): Promise<ToldInsight[]> {
  const told: ToldInsight[] = []
  for (const branch of branchesWith(sdb.scope, 'giveback.read'))
    told.push(...(await tellInsights(sdb, branch)))
  const once = new Map(told.map((one) => [one.key, one]))
  return [...once.values()].toSorted(usefulFirst).slice(0, PHONE_MOST)
}

type Known = {
  readonly fields: ReadonlyMap<string, FieldDefinition>
  readonly accounts: ReadonlyMap<string, NamedAccount>
}

function tell(
  { insight, people, checkedAt, place, useful }: ShownRow,
  { fields, accounts }: Known,
): ToldInsight {
  const { accounts: ids, effect, usefulness, territoryId, varied, ...said } = insight
  const field = 'fieldId' in insight.factor ? fields.get(insight.factor.fieldId) : undefined
  const since = checkedAt.slice(0, 10)
  return {
    ...said,
    place: { id: place.id, name: place.name, rank: place.rank },
    question: field ? { id: field.id, label: field.spec.label, entity: field.entity } : null,
    answer: answerOf(insight, field),
    people,
    // Whoever was gone to since is cold no more, and who is won need not be won.
    accounts: ids
      .flatMap((id) => accounts.get(id) ?? [])
      .filter(({ client, lastVisitDay }) =>
        insight.kind === 'lookalike' ? !client : lastVisitDay === null || lastVisitDay < since,
      ),
    useful,
    checkedAt,
  }
}

/** In the words of the concept, through a question of the reader's; null when he is asked none of those counted. */
function tellConcept(told: ToldInsight, scope: Scope, { concept, links }: OwnedConcept): ToldInsight | null {
  const through = throughOwn(scope, links, told.bucket)
  if (!through) return null
  const field = conceptAsField(concept, links)
  return {
    ...told,
    bucket: through.bucket,
    question: {
      id: through.fieldId,
      label: concept.spec.label,
      entity: concept.entity,
      together: field.merges?.links.length ?? 0,
    },
    answer: answerOf(told, field),
  }
}

/** Keeps what the reader thinks of an insight that he may be told; NOT_FOUND when there is none, or it is none of his. */
export async function judgeInsight(
  sdb: ScopedSql,
  { key, useful }: { readonly key: string; readonly useful: boolean | null },
  at: Date,
): Promise<void> {
  const shown = await findShownPlace(sdb, key)
  const told =
    shown && mayBeTold(sdb.scope, { kind: shown.insight.kind, people: shown.people, path: shown.place.path })
  if (!told) throw new FieldbackError('NOT_FOUND', { what: 'insight' })
  await keepOpinion(sdb, { key, useful, at })
}
