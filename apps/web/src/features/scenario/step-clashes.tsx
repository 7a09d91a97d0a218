'use client'
import type { MeetingStep } from '@fieldback/domain/territory/tree-step'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useDeferredValue } from 'react'
import { callMutation } from '../../client/call.ts'
import { choiceKey, clashKey } from '../../client/clash-draft.ts'
import { ClashList } from '../../client/clash-list.tsx'
import { isRefused, useClashes } from '../../client/use-clashes.ts'
import type { ScenarioPage } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type At = { readonly gestureId: string; readonly step: number }

/** Questions that a merge or a move of the draft makes clash, and what is being chosen for them. */
export function useStepClashes(
  { id: scenarioId, version }: Pick<ScenarioPage, 'id' | 'version'>,
  step: MeetingStep | null,
  at: At | null = null,
) {
  const { drafts, change, choices } = useClashes(step?.clashes)
  const target = step && `${step.of} ${step.territoryId} ${step.of === 'merge' ? step.intoId : step.parentId}`
  const asked = JSON.stringify(step && { scenarioId, at, step: { ...step, clashes: choices } })
  const seen = useDeferredValue(asked)
  const preview = useQuery({
    queryKey: ['scenario-step', target, version, seen],
    queryFn: ({ signal }) => callMutation('scenario.previewStep', JSON.parse(seen), signal),
    enabled: step !== null && seen !== 'null',
    staleTime: 0,
    // What is being chosen stays in sight while what it does is read.
    placeholderData: (before, query) => (query?.queryKey[1] === target ? before : undefined),
  })
  const clashes = preview.data?.clashes ?? []
  const here = new Set(clashes.map(clashKey))
  return {
    drafts,
    change,
    clashes,
    /** Some of what clashes can be chosen here and is not yet. */
    isOpen: (preview.data?.open ?? 0) > 0 && clashes.some(({ nameless }) => !nameless),
    error: preview.error,
    /** A choice cannot be done. */
    refused: isRefused(clashes, drafts),
    /** Nothing is known yet of what is chosen. */
    waits: seen !== asked || preview.isPending || preview.isPlaceholderData,
    /** What is chosen for questions that clash there. */
    choices: choices.filter((choice) => here.has(choiceKey(choice))),
  }
}

/** The step with what is chosen for it. */
export const chosenFor = (
  step: MeetingStep,
  { choices }: Pick<ReturnType<typeof useStepClashes>, 'choices'>,
): MeetingStep => (choices.length > 0 ? { ...step, clashes: [...choices] } : step)

/** A draft may hold what nothing is chosen for yet: it is said, and can be done afterwards. */
export function StepClashes({ of }: { readonly of: ReturnType<typeof useStepClashes> }) {
  const { text, sentence } = useWords()
  return (
    <>
      <ClashList clashes={of.clashes} drafts={of.drafts} onChange={of.change} />
      {of.isOpen && (
        <p role="status" className="text-ink-2 text-small">
          {text('clash.later')}
        </p>
      )}
      {of.error && (
        <p role="alert" className="flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {sentence(of.error)}
        </p>
      )}
    </>
  )
}
