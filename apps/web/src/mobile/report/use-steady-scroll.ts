'use client'
import type { FormState } from '@fieldback/domain/field/form-state'
import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * Keeps the question that is being answered under the thumb while its answer makes others appear or vanish above it.
 * Answers the way to say which one; browsers that anchor by themselves are told not to (`overflow-anchor`).
 */
export function useSteadyScroll(state: FormState): (questionId: string) => void {
  const held = useRef<{ id: string; top: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state is what may have moved the question.
  useLayoutEffect(() => {
    const top = held.current && topOf(held.current.id)
    if (held.current && top !== null) scrollBy(0, top - held.current.top)
    held.current = null
  }, [state])
  return useCallback((id) => {
    const top = topOf(id)
    held.current = top === null ? null : { id, top }
  }, [])
}

const topOf = (questionId: string): number | null =>
  document.getElementById(`q-${questionId}-title`)?.getBoundingClientRect().top ?? null
