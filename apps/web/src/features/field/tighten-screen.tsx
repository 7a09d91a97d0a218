'use client'
import type { Inherited } from '@fieldback/api/field/tighten'
import { planTightening } from '@fieldback/domain/field/plan-tightening'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { tighten } from '@fieldback/domain/field/tighten'
import { unitOf } from '@fieldback/domain/field/types/number'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { useQuery } from '@tanstack/react-query'
import Info from 'lucide-react/icons/info'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'
import { AffectedBlock } from './affected-block.tsx'
import { ChangeBlock } from './change-block.tsx'
import { isHalfSaid } from './day-bound-draft.ts'
import { DraftScreen } from './draft-screen.tsx'
import { isOutage } from './is-outage.ts'
import { ItemsBlock } from './items-block.tsx'
import { LocksBlock } from './locks-block.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { NarrowBlock } from './narrow-block.tsx'
import { OfferedBlock } from './offered-block.tsx'
import { usePlay } from './play.ts'
import {
  boundFault,
  draftOf,
  type Ground,
  isSame,
  saysSomething,
  specOf,
  type TighteningDraft,
} from './tightening-draft.ts'
import { ALERT, type Blocked } from './use-blocked.tsx'
import { useDraft } from './use-draft.ts'
import { useFaultWords } from './use-fault-words.ts'
import { useTighten } from './use-tighten.ts'
import { useTouchWords } from './use-touch-words.ts'

export type TightenScreenProps = {
  readonly territory: PathNode
  /** As the server read it for the first paint. */
  readonly initial: Inherited
}

/** Where a level makes an inherited question stricter or more precise, for its branch alone. */
export function TightenScreen({ territory, initial }: TightenScreenProps) {
  const text = useTranslations('fieldTighten')
  const desk = useTranslations('fieldDesk')
  const label = useLabel()
  const trpc = useTRPC()
  const place = { territoryId: territory.id, fieldId: initial.field.id }
  const read = useQuery({ ...trpc.field.inherited.queryOptions(place), initialData: initial as never })
  const { field: inherited, own, touches } = (read.data ?? initial) as Inherited
  const { saidWords } = useTouchWords()
  const play = usePlay()
  const told = useQuery(trpc.field.affected.queryOptions(place))
  const asked = useQuery(trpc.field.effective.queryOptions({ territoryId: territory.id, items: 'few' }))
  const ground: Ground = { territoryId: territory.id, inherited, own }
  const kept = useDraft(`tighten:${place.territoryId}:${place.fieldId}`, draftOf(own))
  const { draft, change } = kept
  const tightening = useTighten({ territory, ground, kept })
  const spec = specOf(draft, ground)
  const becomes = tighten(inherited, { id: 'draft', territoryId: territory.id, version: 0, spec }, territory)
  const meanwhile = draft.base !== (own?.version ?? null) && !tightening.pending
  const blocked = useTightenBlocked({ draft, ground, territory, meanwhile, refused: tightening.error })
  return (
    <DraftScreen
      territory={territory}
      title={label(inherited.spec.label)}
      lede={text('lede', { place: inherited.owner.name })}
      restored={kept.restored}
      drafted={becomes}
      play={play}
      actions={
        own &&
        saysSomething(own.spec) && (
          <Button icon={<Undo2 size={16} />} disabled={tightening.pending} onClick={tightening.revert}>
            {text('revert')}
          </Button>
        )
      }
      meanwhile={
        meanwhile && (
          <MeanwhileNotice
            said={
              own && saysSomething(own.spec)
                ? text('meanwhile.said', { what: saidWords(own.spec, unitOf(inherited.spec)) })
                : text('meanwhile.reverted')
            }
            onKeep={() => change({ base: own?.version ?? null })}
            onTake={() => {
              change(draftOf(own))
              kept.forget()
            }}
          />
        )
      }
      blocked={blocked}
      run={{
        label: desk('builder.publish'),
        open: (blocked === null || isOutage(tightening.error)) && !tightening.pending,
        go: tightening.publish,
      }}
    >
      <NarrowBlock
        draft={draft}
        change={change}
        ground={ground}
        touches={touches}
        siblings={siblingsOf(inherited, asked.data ?? [])}
      />
      <OfferedBlock draft={draft} change={change} ground={ground} />
      <ItemsBlock draft={draft} change={change} ground={ground} />
      {territory.rank < 3 && (
        <LocksBlock
          spec={inherited.spec}
          locks={draft.locks}
          held={inherited.locked}
          onChange={(locks) => change({ locks })}
        />
      )}
      <ChangeBlock
        inherited={inherited}
        becomes={becomes}
        place={territory.name}
        said={isSame(draft, ground) ? null : spec}
        reps={told.data?.affected.reps ?? 0}
      />
      <AffectedBlock territory={territory} entity={inherited.entity} told={told.data} asked />
    </DraftScreen>
  )
}

/** The other questions of the same owner on the same form. */
const siblingsOf = (field: EffectiveField, asked: readonly EffectiveField[]): EffectiveField[] =>
  asked.filter(
    ({ id, owner, entity }) => id !== field.id && owner.id === field.owner.id && entity === field.entity,
  )

type Judged = {
  readonly draft: TighteningDraft
  readonly ground: Ground
  readonly territory: PathNode
  readonly meanwhile: boolean
  readonly refused: unknown
}

/** What keeps the button shut; null when the server would publish. */
function useTightenBlocked({ draft, ground, territory, meanwhile, refused }: Judged): Blocked | null {
  const text = useTranslations('fieldTighten')
  const desk = useTranslations('fieldDesk')
  const words = useFaultWords()
  if (meanwhile) return { icon: ALERT, title: '', next: '' }
  if (boundFault('min', draft, ground) || boundFault('max', draft, ground))
    return { icon: ALERT, title: text('blocked.bounds'), next: text('blocked.boundsNext') }
  if ([draft.earliest, draft.latest].some(isHalfSaid))
    return { icon: ALERT, title: desk('missing.days.title'), next: desk('missing.days.next') }
  if (isSame(draft, ground)) {
    const key = ground.own && saysSomething(ground.own.spec) ? 'same' : 'nothing'
    return {
      icon: <Info size={18} />,
      title: text(`blocked.${key}`),
      next: text(`blocked.${key}Next`),
      quiet: true,
    }
  }
  const plan = planTightening({
    inherited: ground.inherited,
    territory,
    previous: ground.own,
    spec: specOf(draft, ground),
  })
  if (!plan.ok) return { icon: ALERT, ...words.of(plan) }
  return refused ? { icon: ALERT, ...words.ofError(refused) } : null
}
