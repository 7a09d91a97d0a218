'use client'
import type { View } from '@fieldback/domain/analytics/address'
import type { Subject } from '@fieldback/i18n/figure-words'
import { createContext, useContext } from 'react'

/** What the charts of a page are all about. */
export type PageSubject = {
  readonly territoryId: string
  /** As it is asked. */
  readonly view: View
  readonly subject: Subject
  /** In words, with place and months. */
  readonly said: string
}

const context = createContext<PageSubject | null>(null)
export const SubjectProvider = context.Provider

export function useSubject(): PageSubject {
  const subject = useContext(context)
  if (!subject) throw new Error('a chart needs its subject around it')
  return subject
}
