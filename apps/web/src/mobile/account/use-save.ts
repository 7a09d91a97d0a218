'use client'
import { useToast } from '@fieldback/ui/toast'
import type { NewOperation } from '../data/outbox.ts'
import { usePhone } from '../phone.tsx'

/** Keeps operations on the phone and says so; what was not kept stays on screen, with what to do. */
export function useSave(): (operations: readonly NewOperation[], said: string) => Promise<boolean> {
  const { store, texts } = usePhone()
  const toast = useToast()
  return async (operations, said) => {
    try {
      if (operations.length > 0) await store.save(operations)
      toast({ text: said })
      return true
    } catch {
      toast({ text: texts('sync')('notKept'), failed: true })
      return false
    }
  }
}
