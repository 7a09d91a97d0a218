'use client'
import { BECOMES } from '@fieldback/domain/field/convert'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { asOwned } from '@fieldback/domain/field/resolve'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Info from 'lucide-react/icons/info'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useLabel } from '../../client/use-label.ts'
import { AffectedBlock } from './affected-block.tsx'
import { ChoicesBlock } from './choices-block.tsx'
import { ConditionBlock } from './condition-block.tsx'
import { DependantsBlock } from './dependants-block.tsx'
import { type Draft, draftOf, emptyDraft, missingOf, specOf } from './draft.ts'
import { FormulaBlock } from './formula-block.tsx'
import { NEW } from './insert-draft.ts'
import { isOutage } from './is-outage.ts'
import { LocksBlock } from './locks-block.tsx'
import { PhonePreview } from './phone-preview.tsx'
import { usePlay } from './play.ts'
import { QuestionBlock } from './question-block.tsx'
import { RetireButton } from './retire-button.tsx'
import { ReturnBlock } from './return-block.tsx'
import { type Checked, useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useFaultWords } from './use-fault-words.ts'
import { useFormulaFault } from './use-formula-fault.ts'
import { usePublish } from './use-publish.ts'
import { useSources } from './use-sources.ts'
import { VersionBlock } from './version-block.tsx'

export type BuilderScreenProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  /** The question in force, for its next version. */
  readonly existing: FieldDefinition | null
}

/** Where a question is written: what it asks, what it gives back, whom it concerns, and how the phone will show it. */
export function BuilderScreen({ territory, existing }: BuilderScreenProps) {
  const text = useTranslations('fieldDesk')
  const label = useLabel()
  const place = { territoryId: territory.id, fieldId: existing?.id ?? null }
  const kept = useDraft(
    existing ? `${existing.id}:${existing.version}` : `new:${territory.id}`,
    existing ? draftOf(existing) : emptyDraft,
  )
  const { draft, change } = kept
  const checked = useCheck(place, draft)
  const publishing = usePublish({ territory, existing, kept })
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
  const sources = useSources({ ...place, entity: draft.entity, spec: drafted.spec })
  const blocked = useBlocked(draft, {
    checked,
    refused: publishing.error,
    same,
    formula: useFormulaFault(draft, sources),
  })
  const open = blocked === null || isOutage(publishing.error)
  const ready = open && checked.fresh && !publishing.pending
  return (
    <DeskScreen
      rail={<DeskRail />}
      aside={<PhonePreview territory={territory} drafted={drafted} play={play} />}
    >
      <PageHead
        crumbs={
          <Crumbs
            label={text('builder.path')}
            renderLink={nextLink}
            items={[
              { label: text('builder.fields'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
            ]}
          />
        }
        title={existing ? label(existing.spec.label) : text('builder.title')}
        lede={lede()}
        actions={
          <>
            {existing && <RetireButton territoryId={territory.id} definition={existing} />}
            <Button
              variant="primary"
              disabled={!ready}
              aria-describedby={blocked ? 'blocked' : undefined}
              onClick={publishing.run}
            >
              {text(existing ? 'builder.publishVersion' : 'builder.publish')}
            </Button>
          </>
        }
      />
      {blocked && (
        <Notice id="blocked" live tone={same ? 'quiet' : 'block'} icon={blocked.icon} title={blocked.title}>
          {blocked.next}
        </Notice>
      )}
      <form
        onSubmit={(event) => event.preventDefault()}
        className="grid gap-6 [&>section+section]:border-line [&>section+section]:border-t [&>section+section]:pt-6"
      >
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
      </form>
    </DeskScreen>
  )

  function lede(): string {
    if (kept.restored) return text('builder.restored')
    return existing ? text('builder.version', { version: existing.version }) : text('builder.lede')
  }
}

type Judged = {
  readonly checked: Checked
  readonly refused: unknown
  readonly same: boolean
  /** What is wrong with the formula as it is written. */
  readonly formula: string | undefined
}

/** What keeps the button shut, in the order of the page; null when the server would publish. */
function useBlocked(draft: Draft, { checked, refused, same, formula }: Judged) {
  const text = useTranslations('fieldDesk')
  const words = useFaultWords()
  const missing = missingOf(draft)
  if (missing)
    return {
      icon: missing === 'returns' ? <Undo2 size={18} /> : <CircleAlert size={18} />,
      title: text(`missing.${missing}.title`),
      next: text(`missing.${missing}.next`),
    }
  if (formula !== undefined)
    return {
      icon: <CircleAlert size={18} />,
      title: text('fault.FIELD_FORMULA_WRONG.title'),
      next: formula,
    }
  if (same) return { icon: <Info size={18} />, title: text('same.title'), next: text('same.next') }
  const told = refused ? words.ofError(refused) : checked.check?.fault ? words.of(checked.check.fault) : null
  if (told) return { icon: <CircleAlert size={18} />, ...told }
  if (checked.error && !checked.check)
    return { icon: <CircleAlert size={18} />, ...words.ofError(checked.error) }
  return null
}
