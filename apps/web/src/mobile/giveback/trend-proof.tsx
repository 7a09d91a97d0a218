'use client'
import type { Proof, ReturnCard as ReturnData } from '@fieldback/domain/giveback/return-card'
import { returnTexts } from '@fieldback/i18n/phone-return'
import { levelMarkText, type Rank } from '@fieldback/ui/level'
import { LINE_DASHES, TrendLine } from '@fieldback/ui/trend-line'
import { useAnswerText } from '../field/answer-text.ts'
import { usePhone } from '../phone.tsx'

type Line = Extract<Proof, { readonly kind: 'line' }>

/** A year of one answer as a line, broken where too few answered, with that of the place above. */
export default function TrendProof({ card, proof }: { card: ReturnData; proof: Line }) {
  const { locale, formats } = usePhone()
  const answer = useAnswerText()
  const text = returnTexts(locale)
  const { above } = proof
  const { rank } = card.owner
  const [last, before] = [
    formats.percent(Number(card.params.lastShare)),
    formats.percent(Number(card.params.beforeShare)),
  ]
  const beside = above && {
    values: above.points.map(({ share }) => share),
    at: above.points.map(({ at }) => at),
    endLabel: formats.percent(above.points.findLast(({ share }) => share !== null)?.share ?? 0),
    dashed: true,
  }
  const known = [...proof.shares, ...(beside?.values ?? [])].filter((share) => share !== null)
  const said = above
    ? text('trend.saidAbove', {
        last,
        before,
        place: above.place,
        above: formats.percent(above.k / above.n),
      })
    : text('trend.said', { last, before })
  return (
    <div className="grid gap-2.5">
      <TrendLine
        title={text('trend.title', { answer: card.answer ? answer.bucket(card.answer) : '' })}
        desc={said}
        series={[{ values: proof.shares, endLabel: last, rank }, ...(beside ? [beside] : [])]}
        xLabels={proof.from.map((day) => formats.day(day, 'short'))}
        format={(value) => formats.percent(value)}
        from={0}
        to={Math.max(0.1, ...known)}
        height={140}
      />
      {above && <TwoLines proof={{ ...proof, above }} rank={rank} />}
    </div>
  )
}

/** Which line is whose: one is whole and the other dashed, each with what it counts. */
function TwoLines({
  proof,
  rank,
}: {
  proof: Line & { readonly above: NonNullable<Line['above']> }
  rank: Rank
}) {
  const { locale, formats, texts } = usePhone()
  const text = returnTexts(locale)
  const { above } = proof
  const counts = ({ k, n }: { k: number; n: number }) => ({ k: formats.number(k), n: formats.number(n) })
  const asOf = texts('giveback')('counted.asOf', { at: formats.instant(above.asOf) })
  return (
    <ul className="grid gap-1 text-caption text-ink-2 tabular-nums">
      <li className="flex items-start gap-2">
        <Stroke className={levelMarkText[rank]} />
        {text('trend.here', counts(proof))}
      </li>
      <li className="flex items-start gap-2">
        <Stroke className="text-ink-3" dashes={LINE_DASHES} />
        {text('trend.above', { ...counts(above), place: above.place, counted: asOf })}
      </li>
    </ul>
  )
}

function Stroke({ className, dashes }: { className?: string | undefined; dashes?: string }) {
  return (
    <svg aria-hidden="true" width="26" height="16" className={`flex-none ${className}`}>
      <line x1="0" x2="26" y1="8" y2="8" stroke="currentColor" strokeWidth="2.5" strokeDasharray={dashes} />
    </svg>
  )
}
