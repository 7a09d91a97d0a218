import type { AccountRow } from '@fieldback/domain/sync/pull'
import { useEffect } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { prepareReturn } from './saved-returns.ts'

/** The form is on screen by then, and each step leaves room for a tap. */
const BEGIN_MS = 500
const STEP_MS = 30

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
        if (!steps.next().done) timer = setTimeout(step, STEP_MS)
      }
      step()
    }
    return () => clearTimeout(timer)
  }, [store, rows, frame, account])
}
