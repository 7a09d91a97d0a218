'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import { answerIds, isNamed } from '@fieldback/domain/field/merge-map'
import { isChoice } from '@fieldback/domain/field/plan-publish'
import { asOwned } from '@fieldback/domain/field/resolve'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { AnswerMapTable } from '../../client/answer-map.tsx'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { ChoicesBlock } from './choices-block.tsx'
import { emptyDraft, missingOf, specOf } from './draft.ts'
import { NEW } from './insert-draft.ts'
import { isOutage } from './is-outage.ts'
import { PhonePreview } from './phone-preview.tsx'
import { usePlay } from './play.ts'
import { PromotionBlock } from './promotion-block.tsx'
import { type PromotionDraft, promotionDraftOf } from './promotion-draft.ts'
import { QuestionBlock } from './question-block.tsx'
import { ReturnBlock } from './return-block.tsx'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useFaultWords } from './use-fault-words.ts'
import { usePreview, usePromote } from './use-promotion.ts'

export type PromoteScreenProps = { readonly territory: PathNode; readonly sources: readonly FieldPage[] }

/** Where several questions become one: its words, where their answers go, what it gives back, and what changes for whom. */
export function PromoteScreen({ territory, sources }: PromoteScreenProps) {
  const text = useTranslations('fieldPromote')
  const desk = useTranslations('fieldDesk')
  const at = { territoryId: territory.id, sources }
  const kept = useDraft<PromotionDraft>(
    `promote:${territory.id}:${sources.map(({ definition }) => `${definition.id}:${definition.version}`).join()}`,
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
    <DeskScreen
      rail={<DeskRail />}
      aside={<PhonePreview territory={territory} drafted={drafted} play={play} />}
    >
      <PageHead
        crumbs={
          <Crumbs
            label={desk('builder.path')}
            renderLink={nextLink}
            items={[
              { label: desk('builder.fields'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
            ]}
          />
        }
        title={text('screen.title', { place: territory.name })}
        lede={
          kept.restored
            ? desk('builder.restored')
            : text('screen.lede', { count: sources.length, place: territory.name })
        }
        actions={
          <Button
            variant="primary"
            disabled={(blocked !== null && !isOutage(promotion.error)) || !judged.fresh || promotion.pending}
            aria-describedby={blocked ? 'blocked' : undefined}
            onClick={promotion.run}
          >
            {text('screen.run')}
          </Button>
        }
      />
      {blocked && (
        <Notice id="blocked" live icon={blocked.icon} title={blocked.title}>
          {blocked.next}
        </Notice>
      )}
      <form
        onSubmit={(event) => event.preventDefault()}
        className="grid gap-6 [&>section+section]:border-line [&>section+section]:border-t [&>section+section]:pt-6"
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
      </form>
    </DeskScreen>
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

type Judged = {
  readonly fault: Parameters<ReturnType<typeof useFaultWords>['of']>[0] | null | undefined
  readonly refused: unknown
}

/** What keeps the button shut, in the order of the page; null when the server would promote. */
function useBlocked(draft: PromotionDraft, { fault, refused }: Judged) {
  const desk = useTranslations('fieldDesk')
  const words = useFaultWords()
  const missing = missingOf(draft)
  if (missing)
    return {
      icon: missing === 'returns' ? <Undo2 size={18} /> : <CircleAlert size={18} />,
      title: desk(`missing.${missing}.title`),
      next: desk(`missing.${missing}.next`),
    }
  const told = refused ? words.ofError(refused) : fault ? words.of(fault) : null
  return told ? { icon: <CircleAlert size={18} />, ...told } : null
}
