'use client'
import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
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
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useLabel } from '../../client/use-label.ts'
import { ChoicesBlock } from './choices-block.tsx'
import { ConversionBlock } from './conversion-block.tsx'
import { ConversionPreview } from './conversion-preview.tsx'
import { missingOf, specOf } from './draft.ts'
import { isOutage } from './is-outage.ts'
import { PhonePreview } from './phone-preview.tsx'
import { usePlay } from './play.ts'
import { QuestionBlock } from './question-block.tsx'
import { ReturnBlock } from './return-block.tsx'
import { type RetypeDraft, retypeDraftOf } from './retype-draft.ts'
import { useCheck } from './use-check.ts'
import { useDraft } from './use-draft.ts'
import { useFaultWords } from './use-fault-words.ts'
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
  const kept = useDraft<RetypeDraft>(
    `retype:${definition.id}:${definition.version}`,
    retypeDraftOf(definition),
  )
  const { draft, change } = kept
  const checked = useCheck({ territoryId: territory.id, fieldId: null }, draft)
  const judged = useRetypePreview(draft, definition)
  const retype = useRetype(kept, definition)
  const play = usePlay()
  const blocked = useBlocked(draft, {
    fault: judged.preview?.fault ?? null,
    refused: retype.error ?? judged.error,
  })
  const drafted = asOwned({ ...definition, spec: specOf(draft) }, territory)
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
              { label: label(definition.spec.label), href: `/manage/fields/${definition.id}` },
            ]}
          />
        }
        title={text('screen.title')}
        lede={
          kept.restored
            ? desk('builder.restored')
            : text('screen.lede', {
                question: label(definition.spec.label),
                type: desk(`question.type.${definition.spec.type}`),
              })
        }
        actions={
          <Button
            variant="primary"
            disabled={(blocked !== null && !isOutage(retype.error)) || !judged.fresh || retype.pending}
            aria-describedby={blocked ? 'blocked' : undefined}
            onClick={retype.run}
          >
            {text('screen.run')}
          </Button>
        }
      />
      {blocked && (
        <Notice id="blocked" live icon={<CircleAlert size={18} />} title={blocked.title}>
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
      </form>
    </DeskScreen>
  )
}

type Judged = {
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null
  readonly refused: unknown
}

/** What keeps the button shut, in the order of the page; null when the server would change the type. */
function useBlocked(draft: RetypeDraft, { fault, refused }: Judged) {
  const desk = useTranslations('fieldDesk')
  const words = useFaultWords()
  const missing = missingOf(draft)
  if (missing) return { title: desk(`missing.${missing}.title`), next: desk(`missing.${missing}.next`) }
  return refused ? words.ofError(refused) : fault ? words.of(fault) : null
}
