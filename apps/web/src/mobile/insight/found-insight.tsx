'use client'
import type { ReactNode } from 'react'
import { usePhoneState } from '../phone.tsx'
import { InsightCard } from './insight-card.tsx'

type Props = {
  readonly insightKey: string
  readonly eyebrow: string
  readonly judge: ReactNode
  readonly onOpen: () => void
}

/** What stands out of a question, where its answer was just given. */
export default function FoundInsight({ insightKey, eyebrow, judge, onOpen }: Props) {
  const told = usePhoneState().pack.insights?.find(({ key }) => key === insightKey)
  return told ? <InsightCard told={told} eyebrow={eyebrow} foot={judge} onOpen={onOpen} placed rise /> : null
}
