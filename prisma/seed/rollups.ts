import { foldFacts, type RollupDeltas } from '@fieldback/domain/analytics/fold'
import { reportFact } from '@fieldback/domain/analytics/report-fact'
import { type StockState, stockFact } from '@fieldback/domain/analytics/stock-fact'
import type { Answers } from '@fieldback/domain/field/answer'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { pathIds } from '@fieldback/domain/territory/path'
import type { Forms } from './define-fields.ts'
import type { Territory } from './france.ts'
import type { Report } from './reports.ts'

export type Counted = {
  readonly territories: readonly Territory[]
  readonly definitions: readonly FieldDefinition[]
  readonly forms: Forms
  readonly reports: readonly Report[]
  readonly accounts: readonly {
    readonly home: Territory
    readonly values: Answers
    readonly contacts: readonly { readonly values: Answers }[]
  }[]
}

/** The roll-ups as the worker would have made them, one report after the other. */
export function rollupsOf({ territories, definitions, forms, reports, accounts }: Counted): RollupDeltas {
  const counting = { definitionOf: definitionsAt(definitions), conversions: [] }
  const above = new Map(territories.map(({ id, path }) => [id, pathIds(path)]))
  const flows = reports.map((report) =>
    reportFact(
      1,
      {
        thenAt: report.account.home.id,
        todayAt: report.account.home.id,
        day: report.day,
        kind: report.kind,
        outcome: report.outcome,
        member: report.authorId,
        status: report.status,
        form: forms.formOf(report.account.home).members,
        values: report.values,
      },
      counting,
    ),
  )
  const stocks = accounts.flatMap(({ home, values, contacts }) => {
    const state = (entity: StockState['entity'], held: Answers) => ({
      entity,
      territory: home.id,
      values: held,
    })
    return [
      stockFact(1, state('account', values), counting),
      ...contacts.map((contact) => stockFact(1, state('contact', contact.values), counting)),
    ]
  })
  const facts = [...flows, ...stocks].filter((fact) => fact !== null)
  return foldFacts(facts, (id) => above.get(id) ?? [])
}
