import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  askersAround,
  definitionsById,
  lockPublications,
  publishVersion,
} from '@fieldback/db/field/field.repo'
import { publishTightening, tighteningsWithin } from '@fieldback/db/field/tightening.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { changesOf } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import {
  addedTexts,
  addedWithEnglish,
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
  /** Who says the words: who asks the question, or a level that added to it. */
  readonly by: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly added: boolean
  readonly texts: readonly Text[]
}

/** Questions of a territory and below, and what its levels added to questions, that the reader may change and that lack English words, from the top down. */
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
  const asked = definitions.flatMap(({ id, version, spec, territoryId }) => {
    const by = owners.get(territoryId)
    return by ? [{ fieldId: id, version, label: spec.label, by, added: false, texts: textsOf(spec) }] : []
  })
  const tightened = (await tighteningsWithin(sdb, territory.path))
    .filter(({ by }) => verdictAt(sdb.scope, 'field.define', by).allowed)
    .map(({ fieldId, label, by, tightening: { version, spec } }) => ({
      fieldId,
      version,
      label,
      by,
      added: true,
      texts: addedTexts(spec),
    }))
  const found = [...asked, ...tightened]
    .filter(({ texts }) => untranslated(texts).length > 0)
    .sort((a, b) => (a.by.path < b.by.path ? -1 : a.by.path > b.by.path ? 1 : 0))
  return {
    fields: found.slice(0, SHOWN).map(({ by, ...one }) => ({
      ...one,
      by: { id: by.id, name: by.name, rank: by.rank },
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
  const previous = englishOf(textsOf(before), input.words)
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

/** The English words of the parts that are said anew. */
const englishOf = (texts: readonly Text[], said: EnglishWords): EnglishWords =>
  Object.fromEntries(
    texts.filter(({ part }) => part in said).map(({ part, words }) => [part, words.en ?? '']),
  )

/** The same of what a level added to a question that it inherits. NOT_FOUND, FORBIDDEN, CONFLICT. */
export async function translateAdded(
  sdb: ScopedDb,
  input: {
    readonly fieldId: string
    readonly territoryId: string
    readonly baseVersion: number
    readonly words: EnglishWords
  },
  newId: () => string,
): Promise<{ readonly version: number; readonly previous: EnglishWords }> {
  const territory = await requireTerritory(sdb, 'field.define', input.territoryId)
  await lockPublications(sdb)
  const found = (await tighteningsWithin(sdb, territory.path)).find(
    ({ fieldId, by }) => fieldId === input.fieldId && by.id === territory.id,
  )
  if (found?.tightening.version !== input.baseVersion)
    throw new FieldbackError('CONFLICT', { version: found?.tightening.version ?? 0 })
  const { id, version: known, spec: before } = found.tightening
  const spec = addedWithEnglish(before, input.words)
  const previous = englishOf(addedTexts(before), input.words)
  if (JSON.stringify(spec) === JSON.stringify(before)) return { version: known, previous }
  const version = known + 1
  await publishTightening(sdb, { id, fieldId: input.fieldId, territoryId: territory.id, version, spec })
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.translate',
    subjectId: input.fieldId,
    detail: { key: found.key, version, territoryId: territory.id, changes: changesOf(before, spec) },
  })
  return { version, previous }
}
