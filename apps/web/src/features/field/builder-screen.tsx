'use client'
import { BECOMES } from '@fieldback/domain/field/convert'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { asOwned } from '@fieldback/domain/field/resolve'
import type { Rank } from '@fieldback/domain/territory/rank'
import Info from 'lucide-react/icons/info'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import { AffectedBlock } from './affected-block.tsx'
import { BrokenNotice } from './broken-returns.tsx'
import { ChoicesBlock } from './choices-block.tsx'
import { ConditionBlock } from './condition-block.tsx'
import { DependantsBlock } from './dependants-block.tsx'
import { accountDraftOf, type Draft, draftOf, specOf } from './draft.ts'
import { DraftScreen } from './draft-screen.tsx'
import { FormulaBlock } from './formula-block.tsx'
import { NEW } from './insert-draft.ts'
import { isOutage } from './is-outage.ts'
import { LocksBlock } from './locks-block.tsx'
import { usePlay } from './play.ts'
import { PublishedMeanwhile } from './published-meanwhile.tsx'
import { QuestionBlock } from './question-block.tsx'
import { versionDraftOf } from './rebase-draft.ts'
import { RetireButton } from './retire-button.tsx'
import { ReturnBlock } from './return-block.tsx'
import { ALERT, useBlocked } from './use-blocked.tsx'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useFormulaFault } from './use-formula-fault.ts'
import { useInForce } from './use-in-force.ts'
import { usePublish } from './use-publish.ts'
import { useSources } from './use-sources.ts'
import { VersionBlock } from './version-block.tsx'

export type BuilderScreenProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  /** The question in force, for its next version. */
  readonly existing: FieldDefinition | null
  /** What its draft begins with, where the way here says so. */
  readonly start?: Partial<Draft> | undefined
  /** The question of reports that this one, of accounts, is asked instead of: it is retired as this one is published. */
  readonly instead?: Instead | undefined
}

type Instead = { readonly question: FieldDefinition; readonly days: number }

/** Where a question is written: what it asks, what it gives back, whom it concerns, and how the phone will show it. */
export function BuilderScreen({ territory, existing: initial, start, instead }: BuilderScreenProps) {
  const text = useTranslations('fieldDesk')
  const label = useLabel()
  const existing = useInForce(initial)
  const place = { territoryId: territory.id, fieldId: existing?.id ?? null }
  const kept = useDraft(
    existing?.id ?? (instead ? `instead:${instead.question.id}` : `new:${territory.id}`),
    {
      ...versionDraftOf(existing),
      ...(instead ? accountDraftOf(instead.question, instead.days) : start),
    },
  )
  const { draft, change } = kept
  const checked = useCheck(place, draft)
  const publishing = usePublish({ territory, fieldId: place.fieldId, instead: instead?.question.id, kept })
  const meanwhile = existing !== null && draft.base !== existing.version && !publishing.pending
  const same =
    existing !== null && JSON.stringify(specOf(draft)) === JSON.stringify(specOf(draftOf(existing)))
  const drafted = asOwned(
    {
      id: existing?.id ?? NEW,
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
  const play = usePlay()
  const sources = useSources({
    ...place,
    entity: draft.entity,
    spec: drafted.spec,
    hanging: draft.shownIf !== null || draft.requiredIf !== null || draft.type === 'computed',
  })
  const formula = useFormulaFault(draft, sources)
  const nothing = {
    icon: <Info size={18} />,
    title: text('same.title'),
    next: text('same.next'),
    quiet: true,
  }
  const wrong = { icon: ALERT, title: text('fault.FIELD_FORMULA_WRONG.title'), next: formula ?? '' }
  const blocked = useBlocked(draft, {
    own: meanwhile ? { ...wrong, title: '' } : formula !== undefined ? wrong : same ? nothing : null,
    refused: publishing.error ?? (checked.check ? null : checked.error),
    fault: checked.check?.fault,
  })
  const open = blocked === null || isOutage(publishing.error)
  return (
    <DraftScreen
      territory={territory}
      title={existing ? label(existing.spec.label) : text('builder.title')}
      lede={
        existing
          ? text('builder.version', { version: existing.version })
          : text(instead ? 'builder.insteadLede' : 'builder.lede')
      }
      restored={kept.restored}
      drafted={drafted}
      {...(instead ? { replaced: [instead.question.id] } : {})}
      play={play}
      actions={existing && <RetireButton territoryId={territory.id} definition={existing} />}
      blocked={blocked}
      meanwhile={meanwhile && <PublishedMeanwhile existing={existing} kept={kept} />}
      run={{
        label: text(existing ? 'builder.publishVersion' : 'builder.publish'),
        open: open && checked.fresh && !publishing.pending,
        go: publishing.run,
      }}
    >
      {checked.check && <BrokenNotice broken={checked.check.broken} />}
      <QuestionBlock
        draft={draft}
        change={change}
        fixed={existing !== null}
        territory={territory}
        retypeHref={
          existing && BECOMES[existing.spec.type].length > 0
            ? `/manage/fields/${existing.id}/type`
            : undefined
        }
      />
      <ChoicesBlock draft={draft} change={change} />
      {draft.type === 'computed' && (
        <FormulaBlock draft={draft} change={change} sources={sources} play={play} />
      )}
      <ConditionBlock draft={draft} change={change} sources={sources.list} />
      <ReturnBlock draft={draft} change={change} checked={checked} territoryId={territory.id} />
      {territory.rank < 3 && (
        <LocksBlock spec={draft} locks={draft.locks} onChange={(locks) => change({ locks })} />
      )}
      {existing && <DependantsBlock fieldId={existing.id} />}
      {existing && !same && <VersionBlock existing={existing} next={drafted.spec} />}
      <AffectedBlock
        territory={territory}
        entity={draft.entity}
        told={checked.check}
        asked={existing !== null}
      />
    </DraftScreen>
  )
}
