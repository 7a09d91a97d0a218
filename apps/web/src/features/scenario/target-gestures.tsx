'use client'
import { useState } from 'react'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { type FoundPlace, PlaceSearch } from './place-search.tsx'
import { chosenFor, StepClashes, useStepClashes } from './step-clashes.tsx'
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
  const step = target && { of: 'move' as const, territoryId: subject.id, parentId: target.id }
  const clashes = useStepClashes(page, step)
  return (
    <GestureForm
      {...rest}
      ready={step !== null && !clashes.refused}
      steps={() => step && [chosenFor(step, clashes)]}
    >
      <p className="text-ink-2 text-small">{text('gesture.moveWhat', { name: subject.name })}</p>
      <TargetSearch of={chosen} found={found.data} />
      <StepClashes of={clashes} />
    </GestureForm>
  )
}

export function MergeGesture({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const chosen = useTarget()
  const { search, target } = chosen
  const found = usePlaces({ scenarioId: page.id, search, outside: subject.id })
  const step = target && { of: 'merge' as const, territoryId: subject.id, intoId: target.id }
  const clashes = useStepClashes(page, step)
  return (
    <GestureForm
      {...rest}
      ready={step !== null && !clashes.refused}
      steps={() => step && [chosenFor(step, clashes)]}
    >
      <p className="text-ink-2 text-small">{text('gesture.mergeWhat', { name: subject.name })}</p>
      <TargetSearch of={chosen} found={found.data} />
      <StepClashes of={clashes} />
    </GestureForm>
  )
}
