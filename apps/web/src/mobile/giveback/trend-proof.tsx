'use client'
import type { Proof, ReturnCard as ReturnData } from '@fieldback/domain/giveback/return-card'
import { returnTexts } from '@fieldback/i18n/phone-return'
import { TrendLine } from '@fieldback/ui/trend-line'
import { useAnswerText } from '../field/answer-text.ts'
import { usePhone } from '../phone.tsx'

type Line = Extract<Proof, { readonly kind: 'line' }>

/** A year of one answer as a line, broken where too few answered. */
export default function TrendProof({ card, proof }: { card: ReturnData; proof: Line }) {
  const { locale, formats } = usePhone()
  const answer = useAnswerText()
  const text = returnTexts(locale)
  const [last, before] = [
    formats.percent(Number(card.params.lastShare)),
    formats.percent(Number(card.params.beforeShare)),
  ]
  const known = proof.shares.filter((share) => share !== null)
  return (
    <TrendLine
      title={text('trend.title', { answer: card.answer ? answer.bucket(card.answer) : '' })}
      desc={text('trend.said', { last, before })}
      series={[{ values: proof.shares, endLabel: last, rank: card.owner.rank }]}
      xLabels={proof.from.map((day) => formats.day(day, 'short'))}
      format={(value) => formats.percent(value)}
      from={0}
      to={Math.max(0.1, ...known)}
      height={140}
    />
  )
}
