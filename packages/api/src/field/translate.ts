import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  askersAround,
  definitionsById,
  lockPublications,
  publishVersion,
} from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { changesOf } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import {
  type EnglishWords,
  type Text,
  textsOf,
  untranslated,
  withEnglish,
} from '@fieldback/domain/field/translation'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { ownersSpec, requireField } from './publish.ts'

/** Questions shown at once; the others follow as these are done. */
const SHOWN = 50

export type Untranslated = {
  readonly fieldId: string
  readonly version: number
  readonly label: Localised
  readonly owner: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly texts: readonly Text[]
}

/** Questions of a territory and below that the reader may change and that lack English words, from the top down. */
export async function readUntranslated(
  sdb: ScopedDb,
  territoryId: string,
): Promise<{ readonly fields: readonly Untranslated[]; readonly more: number }> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const askers = (await askersAround(sdb, territory.path)).filter(
    ({ owner }) =>
      isWithin(territory.path, owner.path) && verdictAt(sdb.scope, 'field.define', owner).allowed,
  )
  const owners = new Map(askers.map(({ owner }) => [owner.id, owner]))
  const definitions = await definitionsById(
    sdb,
    askers.flatMap(({ fields }) => fields.map(({ id }) => id)),
  )
  const found = definitions
    .flatMap((definition) => {
      const owner = owners.get(definition.territoryId)
      return owner && untranslated(definition.spec).length > 0 ? [{ definition, owner }] : []
    })
    .sort((a, b) => (a.owner.path < b.owner.path ? -1 : a.owner.path > b.owner.path ? 1 : 0))
  return {
    fields: found.slice(0, SHOWN).map(({ definition, owner }) => ({
      fieldId: definition.id,
      version: definition.version,
      label: definition.spec.label,
      owner: { id: owner.id, name: owner.name, rank: owner.rank },
      texts: textsOf(definition.spec),
    })),
    more: Math.max(0, found.length - SHOWN),
  }
}

/**
 * Publishes a version whose only change is its English words; empty ones take them away. The question is asked already,
 * with its return: it is not judged again, since a refusal would leave it asked, in one language. CONFLICT when somebody
 * published in between. Answers the words before, to undo.
 */
export async function translate(
  sdb: ScopedDb,
  input: { readonly fieldId: string; readonly baseVersion: number; readonly words: EnglishWords },
  newId: () => string,
): Promise<{ readonly version: number; readonly previous: EnglishWords }> {
  await lockPublications(sdb)
  const { definition, owner } = await requireField(sdb, input.fieldId)
  const before = ownersSpec(definition)
  if (definition.retired || definition.version !== input.baseVersion || !before)
    throw new FieldbackError('CONFLICT', { version: definition.version })
  const spec = withEnglish(before, input.words)
  const changes = changesOf(before, spec)
  const previous = Object.fromEntries(
    textsOf(before)
      .filter(({ part }) => part in input.words)
      .map(({ part, words }) => [part, words.en ?? '']),
  )
  if (JSON.stringify(spec) === JSON.stringify(before)) return { version: definition.version, previous }
  const version = definition.version + 1
  await publishVersion(sdb, { fieldId: definition.id, version, spec })
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.translate',
    subjectId: definition.id,
    detail: { key: definition.key, version, territoryId: owner.id, changes },
  })
  return { version, previous }
}
