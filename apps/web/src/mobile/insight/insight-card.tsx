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
  /** Where it stands is said with its day, since nothing else says it. */
  readonly placed?: boolean
  /** Its evidence was opened. */
  readonly onOpen?: (() => void) | undefined
}

/** What stands out, as a card: one sentence, its figures a tap away. */
export function InsightCard({ told, placed, onOpen, ...card }: Props) {
  const text = useInsightTexts()
  const words = useWords()
  const { rows, ...shares } = insightEvidence(told, words)
  const asOf = text('asOf', { at: words.formats.day(told.checkedAt.slice(0, 10), 'short') })
  return (
    <ReturnCard
      {...card}
      sentence={insightSentence(told, words)}
      proofLabel={text('evidence.open')}
      source={placed ? `${told.place.name}, ${asOf}` : asOf}
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
