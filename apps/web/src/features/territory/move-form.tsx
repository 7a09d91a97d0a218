'use client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { ClashList } from '../../client/clash-list.tsx'
import { toldError } from '../../client/error-code.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { isRefused, useClashes } from '../../client/use-clashes.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { Consequences, GesturePanel } from './gesture-panel.tsx'
import { PlaceSearch, SearchBox } from './place-search.tsx'
import { useGesture } from './use-gesture.ts'
import { useLater } from './use-later.tsx'
import { useQuestionsText } from './use-questions-text.ts'

type MoveFormProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly parentId: string | null }
  /** Of its whole branch. */
  readonly counts: { readonly accounts: number; readonly people: number }
}

/** Puts a territory under another: the place is chosen by name, on the map or by dragging; what follows is said first. */
export function MoveForm({ territory, counts }: MoveFormProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const questions = useQuestionsText()
  const trpc = useTRPC()
  const address = useAddress()
  const to = address.get('to')
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const gesture = useGesture()
  const later = useLater()
  const move = useMutation(trpc.territory.move.mutationOptions({ onSettled: gesture.refresh }))
  const found = useQuery({
    ...trpc.territory.parents.queryOptions({ territoryId: territory.id, search: sought, first: to }),
    placeholderData: keepPreviousData,
  })
  const parent = found.data?.places.find(({ id }) => id === to)
  const { drafts, change, choices: clashes } = useClashes()
  const placing = { territoryId: territory.id, parentId: to ?? '', clashes }
  const asked = JSON.stringify(placing)
  const seen = useDeferredValue(asked)
  const preview = useQuery({
    queryKey: ['move-preview', to, seen],
    queryFn: ({ signal }) => callMutation('territory.movePreview', JSON.parse(seen), signal),
    enabled: to !== null,
    // What is being chosen stays in sight while what it does is read.
    placeholderData: (before, query) => (query?.queryKey[1] === to ? before : undefined),
  })
  const faultOf = (error: unknown): string => {
    const { code, params } = toldError(error)
    if (code === 'TERRITORY_FIELDS_MEET')
      return text('gesture.twice', {
        key: String(params.key),
        place: String(params.place),
        territory: String(params.territory),
        others: 0,
      })
    return code === 'TOO_LARGE' ? text('admin.moveForm.large') : sentence(error)
  }
  const error = move.error ?? later.error ?? preview.error
  const act = text('admin.moveForm.choose', { name: territory.name, place: parent?.name ?? '' })
  const unchosen = preview.data && preview.data.twice.length > 0 ? text('clash.unchosen') : null
  const done = (place: string, gestureIds: readonly string[]) => {
    address.set({ do: null, to: null, on: null })
    gesture.done(text('admin.moveForm.done', { name: territory.name, place }), gestureIds)
  }
  const submit = () => {
    if (!parent) return
    if (later.isLater) return later.plan([{ of: 'move', ...placing }], act)
    const known = territory.parentId ?? undefined
    move.mutate({ ...placing, known }, { onSuccess: ({ gestureIds }) => done(parent.name, gestureIds) })
  }
  return (
    <GesturePanel
      title={text('admin.moveForm.title', { place: territory.name })}
      lede={`${text('admin.moveForm.what', counts)} ${text('admin.moveForm.phones')}`}
      fault={error ? faultOf(error) : unchosen}
      act={
        parent
          ? {
              label: later.label(act),
              disabled:
                move.isPending ||
                later.waits ||
                !preview.data ||
                // What is told is of a former choice.
                seen !== asked ||
                preview.isPlaceholderData ||
                unchosen !== null ||
                isRefused(preview.data.clashes, drafts) ||
                preview.data.fault !== null,
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
          chosenId={to}
          saying={(place) => text('gesture.under', { place })}
          onChoose={(id) => address.set({ to: id })}
        />
      )}
      {parent && preview.data && (
        <ClashList clashes={preview.data.clashes} drafts={drafts} onChange={change} />
      )}
      {parent && preview.data && (
        <Consequences
          label={text('gesture.follows')}
          lines={[
            text('gesture.then'),
            questions.named('gained', preview.data.gained),
            questions.named('lost', preview.data.lost),
          ]}
        />
      )}
      {parent && <div className="mt-4">{later.field}</div>}
    </GesturePanel>
  )
}
