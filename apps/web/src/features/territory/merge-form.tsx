'use client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { ClashList } from '../../client/clash-list.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { isRefused, useClashes } from '../../client/use-clashes.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { MergePreview } from './gesture.ts'
import { Consequences, GesturePanel } from './gesture-panel.tsx'
import { PlaceSearch, SearchBox } from './place-search.tsx'
import { useFaultText } from './use-fault-text.ts'
import { useGesture } from './use-gesture.ts'
import { useLater } from './use-later.tsx'
import { useQuestionsText } from './use-questions-text.ts'

type MergeFormProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** The page of the territory that takes it all. */
  readonly hrefOf: (id: string) => string
}

/** Passes all that stands on a territory to another of its level, which is closed then; what follows is said first. */
export function MergeForm({ territory, hrefOf }: MergeFormProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const faultText = useFaultText()
  const questions = useQuestionsText()
  const trpc = useTRPC()
  const address = useAddress()
  const router = useRouter()
  const gesture = useGesture()
  const later = useLater()
  const into = address.get('into')
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const found = useQuery({
    ...trpc.territory.mergeTargets.queryOptions({ territoryId: territory.id, search: sought, first: into }),
    placeholderData: keepPreviousData,
  })
  const { drafts, change, choices: clashes } = useClashes()
  const pair = { territoryId: territory.id, intoId: into ?? '', clashes }
  const asked = JSON.stringify(pair)
  const seen = useDeferredValue(asked)
  const preview = useQuery({
    queryKey: ['merge-preview', seen],
    queryFn: ({ signal }) => callMutation('territory.mergePreview', JSON.parse(seen), signal),
    enabled: into !== null,
    // What is being chosen stays in sight while what it does is read.
    placeholderData: (before) => (before?.into.id === into ? before : undefined),
  })
  const merge = useMutation(trpc.territory.merge.mutationOptions({ onSettled: gesture.refresh }))
  const target = preview.data?.into
  const act = text('mergeForm.act', { name: territory.name, place: target?.name ?? '' })
  const fault = merge.error
    ? sentence(merge.error)
    : preview.error
      ? sentence(preview.error)
      : preview.data
        ? preview.data.twice.length > 0
          ? text('clash.unchosen')
          : faultText(preview.data.fault)
        : null
  const submit = () => {
    if (later.isLater) return later.plan([{ of: 'merge', ...pair }], act)
    merge.mutate(pair, {
      onSuccess: ({ gestureIds, territoryId }) => {
        gesture.done(text('mergeForm.done', { name: territory.name, place: target?.name ?? '' }), gestureIds)
        router.push(hrefOf(territoryId))
      },
    })
  }
  return (
    <GesturePanel
      title={text('mergeForm.title', { place: territory.name })}
      lede={text('mergeForm.lede', { place: territory.name })}
      fault={later.error ? sentence(later.error) : fault}
      act={
        target
          ? {
              label: later.label(act),
              disabled:
                merge.isPending ||
                later.waits ||
                // What is told is of a former choice.
                seen !== asked ||
                preview.isPlaceholderData ||
                fault !== null ||
                isRefused(preview.data?.clashes ?? [], drafts),
              onClick: submit,
            }
          : null
      }
    >
      <SearchBox value={search} onChange={setSearch} />
      {found.data && (
        <PlaceSearch
          found={found.data}
          sought={sought}
          chosenId={into}
          saying={(place) => text('mergeForm.with', { place })}
          onChoose={(id) => address.set({ into: id })}
        />
      )}
      {preview.data && <ClashList clashes={preview.data.clashes} drafts={drafts} onChange={change} />}
      {preview.data && <Follows preview={preview.data} questions={questions} />}
      {target && <div className="mt-4">{later.field}</div>}
    </GesturePanel>
  )
}

function Follows({
  preview,
  questions,
}: {
  readonly preview: MergePreview
  readonly questions: ReturnType<typeof useQuestionsText>
}) {
  const text = useTranslations('territory')
  const { accounts, reports, people, territories, stays, into } = preview
  return (
    <Consequences
      label={text('gesture.follows')}
      lines={[
        text('mergeForm.passes', { accounts, reports, place: into.name }),
        people + territories > 0 ? text('mergeForm.also', { people, territories }) : null,
        text('gesture.then'),
        questions.named('spread', preview.spread, into.name),
        questions.named('gained', preview.gained),
        questions.named('lost', preview.lost),
        stays > 0 ? text('mergeForm.stays', { count: stays }) : null,
      ]}
    />
  )
}
