'use client'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { type InsightWords, insightEvidence, insightSentence } from '@fieldback/i18n/insight-words'
import { Evidence } from '@fieldback/ui/evidence'
import { IntervalPair } from '@fieldback/ui/interval-pair'
import { ReturnCard, type ReturnCardProps } from '@fieldback/ui/return-card'
import { type ReactNode, useEffect } from 'react'
import { useAnswerText } from '../field/answer-text.ts'
import { useLabel, usePhone } from '../phone.tsx'
import { useInsightTexts } from './use-insight-texts.ts'

function useWords(): InsightWords {
  return {
    text: useInsightTexts(),
    formats: usePhone().formats,
    label: useLabel(),
    bucket: useAnswerText().bucket,
  }
}

type Props = Pick<ReturnCardProps, 'eyebrow' | 'foot' | 'tone' | 'compact' | 'rise'> & {
  readonly told: ToldInsight
  /** Its evidence was opened. */
  readonly onOpen?: (() => void) | undefined
}

/** What stands out, as a card: one sentence, its figures a tap away. */
export function InsightCard({ told, onOpen, ...card }: Props) {
  const text = useInsightTexts()
  const words = useWords()
  const { rows, ...shares } = insightEvidence(told, words)
  return (
    <ReturnCard
      {...card}
      sentence={insightSentence(told, words)}
      proofLabel={text('evidence.open')}
      source={text('asOf', { at: words.formats.day(told.checkedAt.slice(0, 10), 'short') })}
    >
      <Opened onOpen={onOpen}>
        <Evidence rows={rows}>
          <IntervalPair {...shares} />
        </Evidence>
      </Opened>
    </ReturnCard>
  )
}

/** Evidence is mounted when it is opened. */
function Opened({ onOpen, children }: Pick<Props, 'onOpen'> & { children: ReactNode }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening counts once, whatever is drawn again after.
  useEffect(() => onOpen?.(), [])
  return children
}
