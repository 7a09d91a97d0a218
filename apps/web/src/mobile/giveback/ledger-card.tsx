'use client'
import { type LedgerLevel, ledgerOf } from '@fieldback/domain/giveback/ledger'
import { foundUseful } from '@fieldback/domain/giveback/opinion'
import { Card } from '@fieldback/ui/card'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { useMemo } from 'react'
import { useLevelName, usePhone, usePhoneState } from '../phone.tsx'
import { useOpinions } from './judge.tsx'
import { ownersOf } from './known-fields.ts'
import { type Period, periodBounds } from './period.ts'
import { useForMeTexts } from './use-for-me-texts.ts'

/** What became of returns, in the order it is said. */
const CAME = ['shown', 'opened', 'useful', 'followed', 'contacted'] as const

/** What this person gave, what came back, in all and by who asks. Nobody else sees the seconds. */
export function LedgerCard({ period, today }: { period: Period; today: string }) {
  const { formats } = usePhone()
  const { pack, frame, rows, identity } = usePhoneState()
  const text = useForMeTexts()
  const bounds = periodBounds(period, today)
  const ledger = useMemo(
    () => ledgerOf(pack.ledger, ownersOf(frame), { from: bounds.fromMonth, to: bounds.toMonth }),
    [pack, frame, bounds.fromMonth, bounds.toMonth],
  )
  const reports = [...rows.reports.values()].filter(
    ({ authorId, status, day }) =>
      authorId === identity.membershipId && status !== 'withdrawn' && day >= bounds.fromDay && day <= today,
  ).length
  const { answers, seconds, received, used, followed, contacted } = ledger.total
  const useful = foundUseful(useOpinions(), bounds.fromDay)
  const came = { shown: received, opened: used, useful, followed, contacted }
  return (
    <section aria-labelledby="ledger">
      <SectionHead id="ledger">{text('ledger.title')}</SectionHead>
      <Card>
        <div className="grid grid-cols-2">
          <Side
            term={text('ledger.given')}
            figure={formats.duration(seconds)}
            note={text('ledger.givenNote', { reports, answers })}
          />
          <Side
            accent
            term={text('ledger.received')}
            figure={text('ledger.returns', { count: received })}
            note={CAME.filter((kind) => kind === 'shown' || came[kind] > 0)
              .map((kind) => text(`ledger.${kind}`, { count: came[kind] }))
              .join(', ')}
          />
        </div>
        {ledger.levels.length > 0 && <ByLevel levels={ledger.levels} />}
      </Card>
      <p className="mt-2 text-caption text-ink-2">
        {pack.asOf === '' ? text('ledger.noPack') : text('ledger.asOf', { at: formats.instant(pack.asOf) })}
      </p>
    </section>
  )
}

type SideProps = { term: string; figure: string; note: string; accent?: boolean }

/** The figure is large, its unit small: they come as "38 min" or "29 retours". */
function Side({ term, figure, note, accent = false }: SideProps) {
  const [value, ...unit] = figure.split(/[\s\u00a0]/)
  return (
    <div className="px-5 py-4 even:shadow-[-1px_0_0_var(--fb-line)]">
      <p className={`font-medium text-caption ${accent ? 'text-accent-ink' : 'text-ink-2'}`}>{term}</p>
      <p
        className={`mt-1 font-strong text-[32px] tabular-nums leading-10 tracking-[-0.02em] ${accent ? 'text-accent-ink' : ''}`}
      >
        {value}
        <small className="font-medium text-lead tracking-normal"> {unit.join('\u00a0')}</small>
      </p>
      <p className="mt-1 text-ink-2 text-small">{note}</p>
    </div>
  )
}

function ByLevel({ levels }: { levels: readonly LedgerLevel[] }) {
  const { formats } = usePhone()
  const levelName = useLevelName()
  const text = useForMeTexts()
  return (
    <table className="w-full text-small shadow-[0_-1px_0_var(--fb-line)]">
      <caption className="sr-only">{text('ledger.byLevel')}</caption>
      <thead>
        <tr className="text-ink-2">
          <th scope="col" className="py-2.5 pl-13 text-left font-normal">
            {text('ledger.asker')}
          </th>
          <th scope="col" className="px-2 py-2.5 text-right font-normal">
            {text('ledger.givenShort')}
          </th>
          <th scope="col" className="py-2.5 pr-5 pl-2 text-right font-normal">
            {text('ledger.receivedShort')}
          </th>
        </tr>
      </thead>
      <tbody>
        {levels.map(({ rank, owners, seconds, received }) => (
          <tr key={rank ?? 'gone'} className="shadow-[0_-1px_0_var(--fb-line)]">
            <th scope="row" className="py-3 pl-5 text-left font-normal">
              <span className="flex gap-3">
                {rank === null ? <span className="w-5" /> : <LevelMark rank={rank} label={levelName(rank)} />}
                {rank === null ? text('ledger.gone') : formats.list(owners.map(({ name }) => name))}
              </span>
            </th>
            <td className="whitespace-nowrap px-2 py-3 text-right tabular-nums">
              {formats.duration(seconds)}
            </td>
            <td className="py-3 pr-5 pl-2 text-right tabular-nums">{formats.number(received)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
