import { fieldsElsewhere, type NamedField } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { nameKey } from '@fieldback/domain/account/normalise'

/** Shown at once: the others are found by their words. */
const SHOWN = 30

/**
 * Questions that a territory may take as a model: those of other branches that the reader may read by his own rights, and
 * no more; what a sibling asks stays with it until somebody above both looks. The copy is a draft like any other, which
 * needs a return of its own. NOT_FOUND, FORBIDDEN.
 */
export async function readCopyable(
  sdb: ScopedDb,
  { territoryId, search }: { readonly territoryId: string; readonly search: string },
): Promise<{ readonly fields: readonly NamedField[]; readonly more: number }> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const sought = nameKey(search)
  const said = ({ label, owner }: NamedField) => nameKey(`${label.fr} ${label.en ?? ''} ${owner.name}`)
  const found = (await fieldsElsewhere(sdb, territory.path)).filter((field) => said(field).includes(sought))
  return { fields: found.slice(0, SHOWN), more: Math.max(0, found.length - SHOWN) }
}
