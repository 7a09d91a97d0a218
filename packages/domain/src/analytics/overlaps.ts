import type { Answers } from '../field/answer.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import { type FieldLink, sourcesOf, through } from '../field/merges.ts'
import { latest, type Said, saidAs } from '../field/read-as.ts'
import { bucketsOf, UNKNOWN } from './bucket.ts'
import { ANSWERED, ASKED, type BucketedAnswer, overOf } from './fact.ts'

/**
 * What must be taken away when the answers to a question and to those made into it are added up: of a document that
 * answers several, all but the one that is read. Counted only beside an answer to the question itself, so from the day
 * it exists, and whether or not it was taken back since: an undo then has nothing to count again.
 */
export function overlapsOf(
  entity: FieldEntity,
  values: Answers,
  definitionOf: DefinitionOf,
): BucketedAnswer[] {
  return Object.keys(values)
    .sort()
    .flatMap((fieldId) => {
      const field = definitionOf(fieldId, values[fieldId]?.v ?? 0)
      if (field?.entity !== entity || !field.spec.reportable || !field.merges) return []
      const said = saidAs(fieldId, ownType(field.merges.links), values)
      if (said[0]?.of !== fieldId) return []
      const read = latest(said)
      return said
        .filter((one) => one !== read)
        .flatMap((one) => counted(one, definitionOf))
        .map(([bucket, value]) => [fieldId, overOf(bucket), value] as const)
    })
}

/** Answers of another type are counted beside the question that reads them already (converted.ts). */
const ownType = (links: readonly FieldLink[]): FieldLink[] =>
  links.filter((link) => !link.converted).map((link) => ({ ...link, links: ownType(link.links) }))

/** Where an answer is counted, under the ids of the question that reads it. */
function counted({ of, answer, maps }: Said, definitionOf: DefinitionOf): [string, number | null][] {
  const spec = definitionOf(of, answer.v)?.spec
  if (!spec?.reportable) return []
  const buckets = bucketsOf(spec, answer.x).flatMap(({ bucket, value }): [string, number | null][] => {
    const read = bucket === UNKNOWN ? bucket : maps.reduce<string | null>(follow, bucket)
    return read === null ? [] : [[read, value]]
  })
  return buckets.length > 0 ? [...buckets, [ANSWERED, null]] : []
}

const follow = (bucket: string | null, map: Said['maps'][number]): string | null =>
  bucket === null ? null : through(map, bucket)

/**
 * The same for forms that asked a question and some that were made into it. `asked`: ids that count, each with its
 * version; `form`: all of them.
 */
export function askedTwice(
  asked: readonly (readonly [fieldId: string, version: number])[],
  { form, definitionOf }: { readonly form: FieldSetMembers; readonly definitionOf: DefinitionOf },
): BucketedAnswer[] {
  const ids = new Set(form.map(([fieldId]) => fieldId))
  const seen = new Set<string>()
  return asked.flatMap(([fieldId, version]) => {
    const field = definitionOf(fieldId, version)
    if (seen.has(fieldId) || !field?.merges) return []
    seen.add(fieldId)
    return field.merges.links
      .filter((link) => !link.converted && sourcesOf([link]).some((id) => ids.has(id)))
      .map(() => [fieldId, overOf(ASKED), null] as const)
  })
}
