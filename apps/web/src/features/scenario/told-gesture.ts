'use client'
import { useToldSteps } from '../../client/use-told-steps.ts'
import type { GestureLine } from './scenario-page.ts'
import { useWords } from './use-words.ts'

/** What a gesture does, in one line, and how many accounts pass with it. */
export function useToldGesture(): (gesture: Pick<GestureLine, 'told' | 'outcome'>) => string {
  const { text } = useWords()
  const tell = useToldSteps()
  return ({ told, outcome }) => {
    const what = tell(told)
    const passes = told.some(({ of }) => of === 'rehome' || of === 'merge')
    if (!passes || outcome.kind !== 'applies') return what
    const accounts = text('gestures.accounts', { count: outcome.accounts })
    return text('gestures.withAccounts', { what, accounts })
  }
}
