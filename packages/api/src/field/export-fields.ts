import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  type CodedTerritory,
  everyDefinitionOf,
  territoriesAround,
} from '@fieldback/db/field/moved-fields.repo'
import { listNamesAround } from '@fieldback/db/list/list.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import {
  type ExportedPlace,
  FIELDS_LINES_MOST,
  type FieldsFile,
  type FilePlace,
  fieldsFileOf,
} from '@fieldback/domain/field/fields-file'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'

/**
 * What a territory, or its whole branch, asks and tightens, as a file for another organisation. NOT_FOUND, FORBIDDEN;
 * FIELDS_FILE_TOO_MANY when a part of the branch must do.
 */
export async function exportFields(
  sdb: ScopedDb,
  request: { readonly territoryId: string; readonly branch: boolean },
  newId: () => string,
): Promise<FieldsFile> {
  const territory = await requireTerritory(sdb, 'field.read', request.territoryId)
  const around = await territoriesAround(sdb, territory.path)
  const places = around
    .filter(({ id, path }) => id === territory.id || (request.branch && isWithin(territory.path, path)))
    .map((place): ExportedPlace => ({ id: place.id, at: placeFrom(territory.path, place, around) }))
  const ids = [...new Set([...pathIds(territory.path), ...places.map(({ id }) => id)])]
  const definitions = await everyDefinitionOf(sdb, ids)
  const live = definitions.filter(({ retired }) => !retired)
  const lists = await listNamesAround(sdb, territory.path)
  const names = new Map(lists.map(({ list }) => [list.id, list.name]))
  const file = fieldsFileOf(territory.name, places, live, names)
  const count = file.questions.length + file.tightenings.length
  if (file.questions.length > FIELDS_LINES_MOST || file.tightenings.length > FIELDS_LINES_MOST)
    throw new FieldbackError('FIELDS_FILE_TOO_MANY', { most: FIELDS_LINES_MOST })
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.export',
    subjectId: territory.id,
    detail: { territoryId: territory.id, count },
  })
  return file
}

/** The names and codes from the territory of the file down to one of its branch. */
function placeFrom(top: string, place: CodedTerritory, around: readonly CodedTerritory[]): FilePlace {
  const known = new Map(around.map((one) => [one.id, one]))
  return pathIds(place.path.slice(top.length)).flatMap((id) => {
    const on = known.get(id)
    return on ? [{ name: on.name, code: on.code }] : []
  })
}
