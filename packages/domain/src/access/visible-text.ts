import { type Answers, isText } from '../field/answer.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { Scope } from './scope.ts'

/** A level above sees counts of a local field, not its free text: a reader must stand at the owner's territory or below it, unless the owner shares. */
export const mayReadText = (
  scope: Pick<Scope, 'grants'>,
  definition: FieldDefinition,
  ownerPath: Path,
): boolean =>
  !isText(definition.spec) ||
  definition.spec.shared ||
  scope.grants.some((grant) => isWithin(ownerPath, grant.path))

/** Takes the unreadable texts out of a document, whichever version they were given under. `hidden` holds field ids. */
export function withoutHidden(values: Answers, hidden: ReadonlySet<string>): Answers {
  if (hidden.size === 0) return values
  return Object.fromEntries(Object.entries(values).filter(([fieldId]) => !hidden.has(fieldId)))
}
