import type { AccountRow } from '@fieldback/domain/sync/pull'
import { useEffect } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { prepareReturn } from './saved-returns.ts'

/** The form is on screen by then; at most so long at once, and as much as four times that left for taps and keys. */
const BEGIN_MS = 500
const AT_ONCE_MS = 8
const BREAK_MS = 32

/** Counts what the return of this form's report needs while it is filled in: a save then has only its own account to add. */
export function usePreparedReturn(account: AccountRow): void {
  const { store } = usePhone()
  const { rows, frame } = usePhoneState()
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows and questions are what is counted, read from the store.
  useEffect(() => {
    let timer = setTimeout(begin, BEGIN_MS)
    function begin(): void {
      const steps = prepareReturn(store.getState(), account)
      const step = (): void => {
        const until = performance.now() + AT_ONCE_MS
        while (performance.now() < until) if (steps.next().done) return
        timer = setTimeout(step, BREAK_MS)
      }
      step()
    }
    return () => clearTimeout(timer)
  }, [store, rows, frame, account])
}
