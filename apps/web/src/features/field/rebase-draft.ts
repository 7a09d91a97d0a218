import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { keyOf } from '@fieldback/domain/field/plan-publish'
import { type Draft, type DraftOption, draftOf, emptyDraft } from './draft.ts'

/** A draft that knows what it was begun from: the version in force then, null for a new question. */
export type VersionDraft = Draft & { readonly base: number | null; readonly from: Draft }

export function versionDraftOf(existing: FieldDefinition | null): VersionDraft {
  const from = existing ? draftOf(existing) : emptyDraft
  return { ...from, base: existing?.version ?? null, from }
}

/**
 * What was typed on one version, on top of another that was published meanwhile: what was changed stays changed, all else
 * is as it was published. Of the choices, those added, taken out and renamed.
 */
export function rebaseDraft(mine: VersionDraft, existing: FieldDefinition): VersionDraft {
  const theirs = versionDraftOf(existing)
  const changed = (Object.keys(theirs.from) as (keyof Draft)[]).filter(
    (key) => !alike(mine[key], mine.from[key]),
  )
  const kept = Object.fromEntries(changed.map((key) => [key, mine[key]])) as Partial<Draft>
  return {
    ...theirs,
    ...kept,
    ...(kept.options ? { options: rebaseOptions(mine.from.options, mine.options, theirs.options) } : {}),
  }
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function rebaseOptions(
  from: readonly DraftOption[],
  mine: readonly DraftOption[],
  theirs: readonly DraftOption[],
): readonly DraftOption[] {
  if (alike(from, theirs)) return mine
  const [before, now] = [byId(from), byId(mine)]
  const kept = theirs.flatMap((option) => {
    const written = now.get(option.id)
    // Added meanwhile, or left as it was.
    if (!before.has(option.id) || alike(written, before.get(option.id))) return [option]
    return written ? [written] : []
  })
  const words = new Set(kept.map(({ fr }) => keyOf(fr)))
  return [...kept, ...mine.filter(({ id, fr }) => id === null && fr.trim() !== '' && !words.has(keyOf(fr)))]
}

const byId = (options: readonly DraftOption[]) =>
  new Map(options.flatMap((option) => (option.id === null ? [] : [[option.id as string | null, option]])))
