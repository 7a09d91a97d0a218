'use client'
import { CASES_MIN, visible } from '@fieldback/domain/analytics/group-size'
import type { ReturnCard } from '@fieldback/domain/giveback/return-card'
import type { Activity } from '@fieldback/domain/sync/pull'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Card } from '@fieldback/ui/card'
import { Comparison } from '@fieldback/ui/comparison'
import { SectionHead } from '@fieldback/ui/section-head'
import { useAnswerText } from '../field/answer-text.ts'
import { pathTo, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useForMeTexts } from './use-for-me-texts.ts'

/** The reader's sector and the nearest place above that enough people work in. */
type Beside = {
  readonly mine: PathNode
  readonly own: Activity
  readonly above: PathNode
  readonly there: Activity
}

function useBeside(): Beside | null {
  const state = usePhoneState()
  const path = pathTo(state, state.territoryIds[0] ?? '')
  const mine = path.at(-1)
  const at = (id: string) => state.pack.activity.find(({ territoryId }) => territoryId === id)
  const own = mine && at(mine.id)
  if (!mine || !own) return null
  // The region first, as in every comparison; then the nation, then what lies between.
  const order = [1, 0, 2, 3]
  const found = path
    .slice(0, -1)
    .sort((a, b) => order.indexOf(a.rank) - order.indexOf(b.rank))
    .flatMap((above) => {
      const there = at(above.id)
      return there && visible({ people: there.people, n: there.visits }, false).visible
        ? [{ mine, own, above, there }]
        : []
    })
  return found[0] ?? null
}

/** One's place beside the region: activity from roll-ups, answers from comparisons. */
export function SectorBeside({ cards }: { cards: readonly ReturnCard[] }) {
  const { formats } = usePhone()
  const text = useForMeTexts()
  const beside = useBeside()
  if (!beside || (beside.own.visits < CASES_MIN && cards.length === 0)) return null
  const { mine, own, above, there } = beside
  return (
    <section aria-labelledby="sector">
      <SectionHead id="sector">{text('sector.title', { rank: String(above.rank) })}</SectionHead>
      <Card>
        <ul className="hairlines [--inset:20px]">
          {own.visits >= CASES_MIN && (
            <Row
              title={text('sector.orders')}
              here={(own.orders / own.visits) * 100}
              there={(there.orders / there.visits) * 100}
              format={(value) => formats.number(value)}
              mine={mine}
              above={above}
            />
          )}
          <Row
            title={text('sector.visits')}
            here={own.visits / Math.max(1, own.people)}
            there={there.visits / there.people}
            format={(value) => formats.number(value)}
            mine={mine}
            above={above}
          />
          {cards.map((card) => (
            <ShareRow key={card.fieldId} card={card} mine={mine} above={above} />
          ))}
        </ul>
        <p className="px-5 pb-4 text-caption text-ink-2">
          {text('sector.legend', { mine: mine.name, above: above.name, people: there.people })}
        </p>
      </Card>
    </section>
  )
}

type RowProps = {
  title: string
  here: number
  there: number
  format: (value: number) => string
  mine: PathNode
  above: PathNode
}

function Row({ title, here, there, format, mine, above }: RowProps) {
  const text = useForMeTexts()
  const max = axisEnd(here, there)
  return (
    <li className="px-5 py-4">
      <Comparison
        title={title}
        value={here}
        valueLabel={format(here)}
        rank={mine.rank}
        others={{
          rank: above.rank,
          low: there,
          middle: there,
          high: there,
          label: text('sector.above', { rank: String(above.rank), value: format(there) }),
        }}
        max={max}
        maxLabel={format(max)}
        zeroLabel="0"
        label={text('sector.row', {
          title,
          mine: mine.name,
          here: format(here),
          above: above.name,
          there: format(there),
        })}
      />
    </li>
  )
}

/** A share of answers here, and there with its interval. */
function ShareRow({ card, mine, above }: { card: ReturnCard; mine: PathNode; above: PathNode }) {
  const { texts, formats } = usePhone()
  const text = useForMeTexts()
  const label = useLabel()
  const answer = useAnswerText()
  if (card.proof?.kind !== 'intervals') return null
  const [here, there] = ['here', 'there'].map((side) =>
    card.proof?.kind === 'intervals' ? card.proof.rows.find((row) => row.side === side)?.rate : undefined,
  )
  if (!here || !there) return null
  const title = texts('giveback')('badge', {
    label: label(card.field),
    answer: card.answer ? answer.bucket(card.answer) : '',
  })
  const max = Math.min(1, axisEnd(here.share, there.high))
  const place = String(card.params.place ?? above.name)
  return (
    <li className="px-5 py-4">
      <Comparison
        title={title}
        value={here.share}
        valueLabel={formats.percent(here.share)}
        rank={mine.rank}
        others={{
          rank: above.rank,
          low: there.low,
          middle: there.share,
          high: there.high,
          label: text('sector.above', { rank: String(above.rank), value: formats.percent(there.share) }),
        }}
        max={max}
        maxLabel={formats.percent(max)}
        zeroLabel="0"
        label={text('sector.row', {
          title,
          mine: mine.name,
          here: formats.percent(here.share),
          above: place,
          there: formats.percent(there.share),
        })}
      />
    </li>
  )
}

/** Where the reference's label and the axis' end no longer touch. */
const REFERENCE_AT_MOST = 0.68

/** The end of an axis: a round number past one's own value, far enough past the reference for its label. */
function axisEnd(here: number, there: number): number {
  const least = Math.max(here * 1.05, there / REFERENCE_AT_MOST)
  if (least <= 0) return 1
  const step = 10 ** Math.floor(Math.log10(least)) / 2
  return Math.ceil(least / step) * step
}
