'use client'
import type { Proof, ReturnCard as ReturnData } from '@fieldback/domain/giveback/return-card'
import { BarList } from '@fieldback/ui/bar-list'
import { DistributionBar } from '@fieldback/ui/distribution-bar'
import { DotGrid } from '@fieldback/ui/dot-grid'
import { IntervalRow } from '@fieldback/ui/interval-row'
import { Legend } from '@fieldback/ui/legend'
import { lazy, Suspense } from 'react'
import { useAnswerText } from '../field/answer-text.ts'
import { MissingPartBoundary } from '../missing-part.tsx'
import { useLabel, usePhone } from '../phone.tsx'

// Today shows none; fetched ahead beside the screens (screens.tsx), to be there without network.
const TrendProof = lazy(() => import('./trend-proof.tsx'))

type ProofOf<Kind extends Proof['kind']> = Extract<Proof, { readonly kind: Kind }>
type PictureProps<Kind extends Proof['kind']> = { card: ReturnData; proof: ProofOf<Kind>; account?: string }

/** The picture of a return: dots for people, bars for answers, intervals for shares that are compared. */
export function ReturnProof({ card, account }: { card: ReturnData; account?: string }) {
  const { proof } = card
  if (proof === null) return null
  const named = account === undefined ? {} : { account }
  switch (proof.kind) {
    case 'dots':
      return <Dots card={card} proof={proof} {...named} />
    case 'bars':
      return <Bars card={card} proof={proof} />
    case 'intervals':
      return <Intervals card={card} proof={proof} />
    case 'line':
      return (
        <MissingPartBoundary>
          <Suspense fallback={<div className="h-46" />}>
            <TrendProof card={card} proof={proof} />
          </Suspense>
        </MissingPartBoundary>
      )
  }
}

/** One dot an answer stays readable up to here. */
const DOTS_MOST = 400

function Dots({ card, proof, account }: PictureProps<'dots'>) {
  const text = usePhone().texts('giveback')
  const label = useLabel()
  const { rank } = card.owner
  const { yes, other, mark } = proof
  const total = yes + other
  if (total === 0) return null
  const member = card.giveback ? label(card.giveback) : text('proof.members')
  const said = text('proof.dots', { yes, total })
  if (total > DOTS_MOST) {
    return (
      <DistributionBar
        label={said}
        segments={[
          { key: 'yes', label: member, value: yes, swatch: 'accent' },
          { key: 'other', label: text('proof.others'), value: other, swatch: 'neutral' },
        ]}
      />
    )
  }
  return (
    <div className="grid gap-2.5">
      <DotGrid
        total={total}
        filled={yes}
        rank={rank}
        label={said}
        ringed={mark === null ? undefined : mark === 'yes' ? yes - 1 : total - 1}
      />
      <Legend
        items={[
          { swatch: 'dot', label: member, rank },
          { swatch: 'circle', label: text('proof.others') },
          ...(mark === null ? [] : [{ swatch: 'ring' as const, label: account ?? text('proof.thisOne') }]),
        ]}
      />
    </div>
  )
}

function Bars({ card, proof }: PictureProps<'bars'>) {
  const { texts, formats } = usePhone()
  const label = useLabel()
  const answer = useAnswerText()
  const share = (n: number): number => (proof.totals.here > 0 ? n / proof.totals.here : 0)
  return (
    <BarList
      label={texts('giveback')('proof.bars', { field: label(card.field) })}
      rank={card.owner.rank}
      items={proof.bars.map((bar) => ({
        key: bar.bucket,
        name: answer.bucket(bar.label),
        value: share(bar.here),
        valueLabel: formats.percent(share(bar.here)),
        chosen: bar.mark,
      }))}
    />
  )
}

function Intervals({ card, proof }: PictureProps<'intervals'>) {
  const { texts, formats } = usePhone()
  const text = texts('giveback')
  const answer = useAnswerText()
  const place = card.params.place
  const names =
    place === undefined
      ? {
          here: text('proof.withAnswer', { answer: card.answer ? answer.bucket(card.answer) : '' }),
          there: text('proof.withOthers'),
        }
      : { here: text('proof.here'), there: String(place) }
  const highest = Math.max(...proof.rows.map(({ rate }) => rate.high))
  const top = Math.min(1, Math.ceil(highest * 10) / 10)
  const [low, high] = [formats.percent(0), formats.percent(top)]
  return (
    <div className="grid gap-1">
      <ul className="grid gap-1">
        {proof.rows.map(({ side, rate }) => {
          const value = formats.percent(rate.share)
          return (
            <IntervalRow
              key={side}
              name={names[side]}
              value={rate.share}
              valueLabel={value}
              interval={[rate.low, rate.high]}
              domain={[0, top]}
              tone={side === 'here' ? 'accent' : 'neutral'}
              label={text('proof.interval', {
                name: names[side],
                value,
                low: formats.percent(rate.low),
                high: formats.percent(rate.high),
              })}
            />
          )
        })}
      </ul>
      <p aria-hidden className="flex justify-between text-caption text-ink-2 tabular-nums">
        <span>{low}</span>
        <span>{text('proof.scale')}</span>
        <span>{high}</span>
      </p>
    </div>
  )
}
