'use client'
import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Draft, missingOf } from './draft.ts'
import { useFaultWords } from './use-fault-words.ts'

/** What keeps the button of a draft shut, and what to do. */
export type Blocked = {
  readonly icon: ReactNode
  readonly title: string
  readonly next: string
  /** Nothing is wrong. */
  readonly quiet?: boolean
}

export const ALERT = <CircleAlert size={18} />

type Judged = {
  /** What the screen finds itself, once nothing is missing. */
  readonly own?: Blocked | null
  /** What the server said when it was sent. */
  readonly refused: unknown
  /** What it would say. */
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null | undefined
}

/** What keeps a question from being published, in the order of the page; null when the server would publish. */
export function useBlocked(draft: Draft, { own = null, refused, fault }: Judged): Blocked | null {
  const text = useTranslations('fieldDesk')
  const words = useFaultWords()
  const missing = missingOf(draft)
  if (missing)
    return {
      icon: missing === 'returns' ? <Undo2 size={18} /> : ALERT,
      title: text(`missing.${missing}.title`),
      next: text(`missing.${missing}.next`),
    }
  if (own) return own
  const told = refused ? words.ofError(refused) : fault ? words.of(fault) : null
  return told && { icon: ALERT, ...told }
}
