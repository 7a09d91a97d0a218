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
      {target && <ClashNotice of="move" subject={subject} target={target} />}
    </GestureForm>
  )
}

export function MergeGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const chosen = useTarget()
  const { search, target } = chosen
  const found = usePlaces({ scenarioId: page.id, search, outside: subject.id })
  return (
    <GestureForm
      {...rest}
      ready={target !== null}
      steps={() => target && [{ of: 'merge', territoryId: subject.id, intoId: target.id }]}
    >
      <p className="text-ink-2 text-small">{text('gesture.mergeWhat', { name: subject.name })}</p>
      <TargetSearch of={chosen} found={found.data} />
      {target && <ClashNotice of="merge" subject={subject} target={target} />}
    </GestureForm>
  )
}

type ClashNoticeProps = {
  readonly of: 'move' | 'merge'
  readonly subject: { readonly id: string; readonly name: string }
  readonly target: { readonly id: string }
}

/** A question that both ask: a draft cannot say what becomes of it. */
function ClashNotice({ of, subject, target }: ClashNoticeProps) {
  const { text } = useWords()
  // Of territories that the draft makes nothing is known, and none of them asks anything yet.
  const live = useQuery({
    queryKey: [`${of}-preview`, subject.id, target.id],
    queryFn: ({ signal }) =>
      of === 'merge'
        ? callMutation('territory.mergePreview', { territoryId: subject.id, intoId: target.id }, signal)
        : callMutation('territory.movePreview', { territoryId: subject.id, parentId: target.id }, signal),
    retry: false,
  })
  const clash = live.data?.twice[0]
  return clash ? (
    <p role="status" className="text-danger text-small">
      {text('gesture.clash', { question: clash.key, name: subject.name })}
    </p>
  ) : null
}
