'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { type FoundPlace, PlaceSearch } from './place-search.tsx'
import { usePlaces } from './use-holdings.ts'
import { useWords } from './use-words.ts'

/** The place chosen by name, and the search that finds it. */
export function useTarget() {
  const [search, setSearch] = useState('')
  const [target, setTarget] = useState<FoundPlace | null>(null)
  return { search, setSearch, target, setTarget }
}

type TargetSearchProps = {
  readonly of: ReturnType<typeof useTarget>
  readonly found: { readonly places: readonly FoundPlace[]; readonly more: number } | undefined
}

export function TargetSearch({ of: { search, setSearch, target, setTarget }, found }: TargetSearchProps) {
  const { text } = useWords()
  return (
    <PlaceSearch
      label={target ? text('gesture.chosen', { name: target.name }) : text('gesture.target')}
      search={search}
      onSearch={setSearch}
      found={found}
      chosen={target?.id ?? null}
      onChoose={setTarget}
    />
  )
}

export function MoveGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const chosen = useTarget()
  const { search, target } = chosen
  const found = usePlaces({ scenarioId: page.id, search, above: subject.rank, outside: subject.id })
  return (
    <GestureForm
      {...rest}
      ready={target !== null}
      steps={() => target && [{ of: 'move', territoryId: subject.id, parentId: target.id }]}
    >
      <p className="text-ink-2 text-small">{text('gesture.moveWhat', { name: subject.name })}</p>
      <TargetSearch of={chosen} found={found.data} />
    </GestureForm>
  )
}

export function MergeGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const chosen = useTarget()
  const { search, target } = chosen
  const found = usePlaces({ scenarioId: page.id, search, outside: subject.id })
  // Of territories that the draft makes nothing is known, and none of them asks anything yet.
  const live = useQuery({
    queryKey: ['merge-preview', subject.id, target?.id],
    queryFn: ({ signal }) =>
      callMutation('territory.mergePreview', { territoryId: subject.id, intoId: target?.id ?? '' }, signal),
    enabled: target !== null,
    retry: false,
  })
  const clash = live.data?.twice[0]
  return (
    <GestureForm
      {...rest}
      ready={target !== null}
      steps={() => target && [{ of: 'merge', territoryId: subject.id, intoId: target.id }]}
    >
      <p className="text-ink-2 text-small">{text('gesture.mergeWhat', { name: subject.name })}</p>
      <TargetSearch of={chosen} found={found.data} />
      {clash && (
        <p role="status" className="text-danger text-small">
          {text('gesture.mergeClash', { question: clash.key, name: subject.name })}
        </p>
      )}
    </GestureForm>
  )
}
