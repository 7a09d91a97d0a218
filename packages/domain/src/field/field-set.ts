import type { FieldDefinition } from './field-spec.ts'

/** What a form was made of: [id, version] of each question and of each tightening of one. */
export type FieldSetMembers = readonly (readonly [fieldId: string, version: number])[]

const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n

/**
 * Names a set of questions by its content, the same on the phone and on the server: FNV-1a, 64 bits, over the sorted
 * members (http://www.isthe.com/chongo/tech/comp/fnv/). Order does not count.
 */
export function fieldSetHash(members: FieldSetMembers): string {
  const text = members
    .map(([fieldId, version]) => `${fieldId}:${version}`)
    .sort()
    .join(',')
  let hash = OFFSET
  for (let i = 0; i < text.length; i++) {
    hash ^= BigInt(text.charCodeAt(i))
    hash = BigInt.asUintN(64, hash * PRIME)
  }
  return hash.toString(16).padStart(16, '0')
}

/** A form's questions, and what the levels on its path made of them: tightenings are members of their own. */
export const fieldSetMembers = (
  fields: readonly (Pick<FieldDefinition, 'id' | 'version'> & {
    readonly touched: readonly { readonly tighteningId: string; readonly version: number }[]
  })[],
): FieldSetMembers =>
  fields.flatMap(({ id, version, touched }) => [
    [id, version] as const,
    ...touched.map((touch) => [touch.tighteningId, touch.version] as const),
  ])
