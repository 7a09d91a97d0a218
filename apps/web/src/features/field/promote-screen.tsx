'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import { answerIds, isNamed } from '@fieldback/domain/field/merge-map'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { asOwned } from '@fieldback/domain/field/resolve'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { useTranslations } from 'next-intl'
import { AnswerMapTable } from '../../client/answer-map.tsx'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { ChoicesBlock } from './choices-block.tsx'
import { emptyDraft, specOf } from './draft.ts'
import { DraftScreen } from './draft-screen.tsx'
import { NEW } from './insert-draft.ts'
import { isOutage } from './is-outage.ts'
import { usePlay } from './play.ts'
import { PromotionBlock } from './promotion-block.tsx'
import { type PromotionDraft, promotionDraftOf } from './promotion-draft.ts'
import { QuestionBlock } from './question-block.tsx'
import { ReturnBlock } from './return-block.tsx'
import { useBlocked } from './use-blocked.tsx'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { usePreview, usePromote } from './use-promotion.ts'

export type PromoteScreenProps = { readonly territory: PathNode; readonly sources: readonly FieldPage[] }

/** Where several questions become one: its words, where their answers go, what it gives back, and what changes for whom. */
export function PromoteScreen({ territory, sources }: PromoteScreenProps) {
  const text = useTranslations('fieldPromote')
  const at = { territoryId: territory.id, sources }
  const kept = useDraft<PromotionDraft>(
    `promote:${territory.id}:${sources.map(({ definition }) => definition.id).join()}`,
    promotionDraftOf(sources) ?? { ...emptyDraft, maps: {}, acceptLooser: false },
  )
  const { draft, change } = kept
  const checked = useCheck({ territoryId: territory.id, fieldId: null }, draft)
  const judged = usePreview(draft, at)
  const promotion = usePromote(kept, at)
  const play = usePlay()
  const blocked = useBlocked(draft, {
    fault: judged.preview?.fault,
    refused: promotion.error ?? judged.error,
  })
  const drafted = asOwned(
    {
      id: NEW,
      territoryId: territory.id,
      entity: draft.entity,
      key: NEW,
      version: 1,
      retired: false,
      slot: null,
      spec: specOf(draft),
    },
    territory,
  )
  return (
    <DraftScreen
      territory={territory}
      title={text('screen.title', { place: territory.name })}
      lede={text('screen.lede', { count: sources.length, place: territory.name })}
      restored={kept.restored}
      drafted={drafted}
      replaced={sources.map(({ definition }) => definition.id)}
      play={play}
      blocked={blocked}
      run={{
        label: text('screen.run'),
        open: (blocked === null || isOutage(promotion.error)) && judged.fresh && !promotion.pending,
        go: promotion.run,
      }}
    >
      <QuestionBlock draft={draft} change={change} fixed territory={territory} />
      <ChoicesBlock draft={draft} change={change} />
      <MapBlock draft={draft} change={change} sources={sources} />
      <ReturnBlock draft={draft} change={change} checked={checked} territoryId={territory.id} />
      <PromotionBlock
        preview={judged.preview}
        accepted={draft.acceptLooser}
        onAccept={(acceptLooser) => change({ acceptLooser })}
      />
    </DraftScreen>
  )
}

type MapBlockProps = {
  readonly draft: PromotionDraft
  readonly change: (patch: Partial<PromotionDraft>) => void
  readonly sources: readonly FieldPage[]
}

function MapBlock({ draft, change, sources }: MapBlockProps) {
  const text = useTranslations('fieldPromote')
  const field = useTranslations('field')
  const label = useLabel()
  const yesNo = [
    { value: 'true', label: field('answer.yes') },
    { value: 'false', label: field('answer.no') },
  ]
  const places = isChoice(draft)
    ? draft.options.filter(({ fr }) => fr.trim() !== '').map(({ key, fr }) => ({ value: key, label: fr }))
    : yesNo
  const answersOf = ({ definition: { spec } }: FieldPage) =>
    spec.type === 'yes_no'
      ? yesNo
      : answerIds(spec).map((id) => {
          const option = spec.options.find((one) => one.id === id)
          return { value: id, label: option ? label(option.label) : id }
        })
  const named = sources.filter(({ definition }) => isNamed(definition.spec))
  return (
    <Block title={text('map.title')} hint={text('map.hint')}>
      {named.length === 0 && <p className="text-ink-2">{text('map.asIs')}</p>}
      <div className="grid gap-5">
        {named.map((source) => (
          <AnswerMapTable
            key={source.definition.id}
            title={text('map.head', {
              question: label(source.definition.spec.label),
              place: source.owner.name,
            })}
            owner={source.owner}
            answers={answersOf(source)}
            places={places}
            none={text('map.none')}
            map={draft.maps[source.definition.id] ?? {}}
            onChange={(map) => change({ maps: { ...draft.maps, [source.definition.id]: map } })}
            labelOf={(answer) => text('map.of', { answer, place: source.owner.name })}
          />
        ))}
      </div>
    </Block>
  )
}
