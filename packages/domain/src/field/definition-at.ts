import type { FieldDefinition } from './field-spec.ts'

/** What a version of a question asked of what; undefined when it is not known here. */
export type DefinitionOf = (
  fieldId: string,
  version: number,
) => Pick<FieldDefinition, 'entity' | 'spec' | 'merges'> | undefined

/** Finds the exact version an answer names among live and past definitions. */
export function definitionsAt(definitions: readonly FieldDefinition[]): DefinitionOf {
  const byVersion = new Map(
    definitions.map((definition) => [`${definition.id}:${definition.version}`, definition]),
  )
  return (fieldId, version) => byVersion.get(`${fieldId}:${version}`)
}
