import { definitionsAround } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { CHOSEN_BY } from '@fieldback/domain/account/account-filter'
import type { Localised } from '@fieldback/domain/field/field-spec'

export type ChosenBy = {
  readonly fieldId: string
  readonly label: Localised
  readonly ownerName: string
  /** Of a question answered by yes or no: none, its values are "true" and "false". */
  readonly options: readonly { readonly id: string; readonly label: Localised }[]
}

const QUESTIONS_READ = 500
const TOLD = 50

/** The questions of accounts, around a territory, that are answered by choosing. NOT_FOUND, FORBIDDEN. */
export async function chosenBy(sdb: ScopedDb, territoryId: string): Promise<ChosenBy[]> {
  const { path } = await requireTerritory(sdb, 'account.read', territoryId, { evenClosed: true })
  const around = await definitionsAround(sdb, path, QUESTIONS_READ)
  return around
    .filter(
      ({ definition: { entity, spec } }) =>
        entity === 'account' && (CHOSEN_BY as readonly string[]).includes(spec.type),
    )
    .slice(0, TOLD)
    .map(({ definition, owner }) => ({
      fieldId: definition.id,
      label: definition.spec.label,
      ownerName: owner.name,
      options: (definition.spec.options ?? []).map(({ id, label }) => ({ id, label })),
    }))
}
