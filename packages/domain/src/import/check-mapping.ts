import { IMPORT_TARGETS, type ImportKind, type ImportMapping } from './import.ts'

export const FIELD_TARGET = 'field:'

/** What a mapping still lacks or names wrongly; null when it can be tried. Contacts need one of two ways to their account. */
export function mappingFault(
  kind: ImportKind,
  mapping: ImportMapping,
  known: { readonly columns: number; readonly fieldIds: ReadonlySet<string> },
): { readonly missing: readonly string[]; readonly unknown: readonly string[] } | null {
  const targets = IMPORT_TARGETS[kind]
  const isKnown = (target: string) =>
    target.startsWith(FIELD_TARGET)
      ? known.fieldIds.has(target.slice(FIELD_TARGET.length))
      : targets.some(({ key }) => key === target)
  const unknown = Object.entries(mapping)
    .filter(([target, column]) => !isKnown(target) || column >= known.columns)
    .map(([target]) => target)
  const missing = targets
    .filter(({ key, required }) => required && mapping[key] === undefined)
    .map(({ key }) => key)
  if (kind === 'contacts' && mapping.accountRef === undefined && mapping.account === undefined)
    missing.push('account')
  return missing.length + unknown.length === 0 ? null : { missing, unknown }
}
