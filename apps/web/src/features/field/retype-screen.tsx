'use client'
import { BECOMES } from '@fieldback/domain/field/convert'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { asOwned } from '@fieldback/domain/field/resolve'
import type { Rank } from '@fieldback/domain/territory/rank'
import Hourglass from 'lucide-react/icons/hourglass'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import { ChoicesBlock } from './choices-block.tsx'
import { ConversionBlock } from './conversion-block.tsx'
import { ConversionPreview } from './conversion-preview.tsx'
import { specOf } from './draft.ts'
import { DraftScreen } from './draft-screen.tsx'
import { isOutage } from './is-outage.ts'
import { usePlay } from './play.ts'
import { QuestionBlock } from './question-block.tsx'
import { ReturnBlock } from './return-block.tsx'
import { type RetypeDraft, retypeDraftOf } from './retype-draft.ts'
import { useBlocked } from './use-blocked.tsx'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useRetype, useRetypePreview } from './use-retype.ts'

export type RetypeScreenProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly definition: FieldDefinition
}

/** Where a published question is given another type: how it will be answered, what each answer becomes, on real ones. */
export function RetypeScreen({ territory, definition }: RetypeScreenProps) {
  const text = useTranslations('fieldRetype')
  const desk = useTranslations('fieldDesk')
  const label = useLabel()
  const kept = useDraft<RetypeDraft>(`retype:${definition.id}`, retypeDraftOf(definition))
  const { draft, change } = kept
  const checked = useCheck({ territoryId: territory.id, fieldId: null }, draft)
  const judged = useRetypePreview(draft, definition)
  const retype = useRetype(kept, definition)
  const play = usePlay()
  const blocked = useBlocked(draft, {
    fault: judged.preview?.fault,
    refused: retype.error ?? judged.error,
  })
  const busy = {
    icon: <Hourglass size={18} />,
    title: text('screen.busy'),
    next: text('screen.busyNext'),
    quiet: true,
  }
  const drafted = asOwned({ ...definition, spec: specOf(draft) }, territory)
  return (
    <DraftScreen
      territory={territory}
      behind={{ label: label(definition.spec.label), href: `/manage/fields/${definition.id}` }}
      title={text('screen.title')}
      lede={text('screen.lede', {
        question: label(definition.spec.label),
        type: desk(`question.type.${definition.spec.type}`),
      })}
      restored={kept.restored}
      drafted={drafted}
      play={play}
      blocked={retype.pending ? busy : blocked}
      run={{
        label: text('screen.run'),
        open: (blocked === null || isOutage(retype.error)) && judged.fresh && !retype.pending,
        go: retype.run,
      }}
    >
      <QuestionBlock
        draft={draft}
        change={change}
        fixed
        territory={territory}
        becomes={BECOMES[definition.spec.type]}
      />
      <ChoicesBlock draft={draft} change={change} />
      <ConversionBlock
        draft={draft}
        change={change}
        definition={definition}
        owner={territory}
        preview={judged.preview}
      />
      <ConversionPreview
        preview={judged.preview}
        from={definition.spec}
        accepted={draft.acceptLooser}
        onAccept={(acceptLooser) => change({ acceptLooser })}
      />
      <ReturnBlock draft={draft} change={change} checked={checked} territoryId={territory.id} />
    </DraftScreen>
  )
}
