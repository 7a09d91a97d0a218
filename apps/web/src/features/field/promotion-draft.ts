import type { PromotionRequest } from '@fieldback/api/field/load-promotion'
import type { FieldPage } from '@fieldback/api/field/read'
import { isNamed } from '@fieldback/domain/field/merge-map'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import { isChoice, keyOf } from '@fieldback/domain/field/plan-publish'
import { guessMap } from '@fieldback/domain/field/twins'
import { type Draft, draftOf, specOf } from './draft.ts'

/** The question that is to replace others, and where their answers go: by the key of an answer of the draft. */
export type PromotionDraft = Draft & {
  readonly maps: Readonly<Record<string, AnswerMap>>
  readonly acceptLooser: boolean
}

const NO_WORDS = { fr: '', en: '' }

/** What a promotion starts from: the question with the most answers to choose from, in nobody's words unless all use the same. */
export function promotionDraftOf(sources: readonly FieldPage[]): PromotionDraft | null {
  const [base] = sources
    .map(({ definition }) => definition)
    .toSorted((a, b) => Number(isChoice(b.spec)) - Number(isChoice(a.spec)))
  if (!base) return null
  const draft = draftOf(base)
  const same = sources.every(
    ({ definition }) => keyOf(definition.spec.label.fr) === keyOf(base.spec.label.fr),
  )
  return {
    ...draft,
    ...(same ? {} : { label: NO_WORDS, segment: NO_WORDS }),
    help: NO_WORDS,
    required: false,
    shared: false,
    locks: [],
    kept: { reportable: base.spec.reportable, givebacks: [] },
    maps: Object.fromEntries(
      sources
        .filter(({ definition }) => isNamed(definition.spec))
        .map(({ definition }) => [definition.id, guessMap(definition.spec, base.spec)]),
    ),
    acceptLooser: false,
  }
}

/** As the server takes it. */
export function promotionOf(
  draft: PromotionDraft,
  at: { readonly territoryId: string; readonly sources: readonly FieldPage[] },
): PromotionRequest {
  const spec = specOf(draft)
  const written = draft.options.filter((option) => option.fr.trim() !== '')
  const ids = new Map([
    ...written.map((option, place) => [option.key, spec.options[place]?.id ?? null] as const),
    ...(draft.type === 'yes_no'
      ? ([
          ['true', 'true'],
          ['false', 'false'],
        ] as const)
      : []),
  ])
  return {
    territoryId: at.territoryId,
    entity: draft.entity,
    spec,
    sources: at.sources.map(({ definition }) => ({
      fieldId: definition.id,
      version: definition.version,
      map: isNamed(definition.spec)
        ? Object.fromEntries(
            Object.entries(draft.maps[definition.id] ?? {}).map(([id, key]) => [
              id,
              key === null ? null : (ids.get(key) ?? null),
            ]),
          )
        : null,
    })),
    acceptLooser: draft.acceptLooser,
  }
}
