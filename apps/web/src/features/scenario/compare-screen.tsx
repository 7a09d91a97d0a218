'use client'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DataTable } from '@fieldback/ui/data-table'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import GitCompareArrows from 'lucide-react/icons/git-compare-arrows'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { measured } from './measure.ts'
import type { Compared, PlaceLine, ShownSide } from './scenario-page.ts'
import { useWords } from './use-words.ts'

/** Two drafts over the same organisation: their figures, and the load of every territory that either touches. */
export function CompareScreen({ scenarioId, otherId }: { scenarioId: string; otherId: string }) {
  const { text, sentence } = useWords()
  const read = useQuery({
    ...useTRPC().scenario.compare.queryOptions({ scenarioId, otherId }),
    staleTime: 0,
  })
  const pair = read.data
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('path')}
            renderLink={nextLink}
            items={[
              { label: text('list.title'), href: '/manage/scenarios' },
              { label: text('compare.page') },
            ]}
          />
        }
        title={text('compare.title')}
        lede={pair && text('compare.lede', { a: pair[0].name, b: pair[1].name })}
      />
      {read.error && !pair && (
        <Empty
          icon={<GitCompareArrows size={28} />}
          title={text('compare.unreadable')}
          text={sentence(read.error)}
        />
      )}
      {read.isPending && <Skeleton label={text('loading')} lines={6} />}
      {pair && <FigureTable pair={pair} />}
      {pair && <PlaceTable pair={pair} />}
    </DeskScreen>
  )
}

type PairProps = { readonly pair: readonly [Compared, Compared] }

const Name = ({ id, name }: Compared) => (
  <TextLink href={`/manage/scenarios/${id}`} renderLink={nextLink}>
    {name}
  </TextLink>
)

function FigureTable({ pair: [a, b] }: PairProps) {
  const { text, formats } = useWords()
  const number = (value: number | null) =>
    value === null ? text('figures.unknown') : formats.number(value, 0)
  const times = (value: number | null) =>
    value === null ? text('figures.unknown') : text('figures.times', { times: formats.number(value, 1) })
  const seconds = (value: number) => formats.duration(Math.round(value))
  const gestures = ({ gestures: count, stuck, waiting }: Compared) => {
    const waits = waiting > 0 ? [text('compare.waitingCount', { count: waiting })] : []
    return `${formats.number(count)} (${[text('compare.stuckCount', { count: stuck }), ...waits].join(', ')})`
  }
  const { heaviest, spread, entry } = a.figures
  const rows = [
    {
      key: 'changing',
      now: '',
      a: formats.number(a.figures.changing),
      b: formats.number(b.figures.changing),
    },
    {
      key: 'heaviest',
      now: number(heaviest.before),
      a: number(heaviest.after),
      b: number(b.figures.heaviest.after),
    },
    { key: 'spread', now: times(spread.before), a: times(spread.after), b: times(b.figures.spread.after) },
    { key: 'entry', now: seconds(entry.before), a: seconds(entry.after), b: seconds(b.figures.entry.after) },
  ] as const
  return (
    <DataTable
      caption={text('compare.caption')}
      rowKey={({ key }) => key}
      rows={[
        ...rows.map(({ key, ...row }) => ({ key: key as string, head: text(`figures.${key}`), ...row })),
        { key: 'gestures', head: text('compare.gestures'), now: '', a: gestures(a), b: gestures(b) },
      ]}
      columns={[
        { key: 'figure', head: text('compare.figure'), rowHead: true, cell: ({ head }) => head },
        { key: 'now', head: text('compare.now'), figure: true, cell: ({ now }) => now },
        { key: 'a', head: <Name {...a} />, figure: true, cell: (row) => row.a },
        { key: 'b', head: <Name {...b} />, figure: true, cell: (row) => row.b },
      ]}
    />
  )
}

type Row = {
  readonly id: string
  readonly rank: PlaceLine['rank']
  readonly name: string
  readonly now: ShownSide | null
  readonly a: ShownSide | null
  readonly b: ShownSide | null
}

function rowsOf([a, b]: PairProps['pair']): Row[] {
  const others = new Map(b.places.map((place) => [place.id, place]))
  const own = new Set(a.places.map(({ id }) => id))
  const all = [...a.places, ...b.places.filter(({ id }) => !own.has(id))]
  const first = new Map(a.places.map((place) => [place.id, place]))
  // Both lists also hold what lies around, for a tree to be drawn of them.
  const isTouched = ({ id }: PlaceLine) =>
    [first.get(id), others.get(id)].some((place) => place !== undefined && place.change !== null)
  return all.filter(isTouched).map(({ id, rank, before, after }) => ({
    id,
    rank,
    name: (before ?? after)?.name ?? '',
    now: before,
    a: first.get(id)?.after ?? null,
    b: others.get(id)?.after ?? null,
  }))
}

function PlaceTable({ pair }: PairProps) {
  const { text, formats } = useWords()
  const levelName = useLevelName()
  const told = (side: ShownSide | null) => {
    if (!side) return <span className="text-ink-3">{text('compare.absent')}</span>
    const value = measured(side, 'accounts')
    return formats.number(value, value < 10 ? 1 : 0)
  }
  return (
    <section aria-labelledby="places">
      <SectionHead id="places" aside={text('compare.placesNote')}>
        {text('compare.places')}
      </SectionHead>
      <DataTable
        caption={text('compare.places')}
        rowKey={({ id }) => id}
        rows={rowsOf(pair)}
        columns={[
          {
            key: 'place',
            head: text('compare.place'),
            rowHead: true,
            cell: ({ rank, name }) => (
              <span className="inline-flex items-center gap-2">
                <LevelMark rank={rank} size={16} label={levelName(rank)} />
                {name}
              </span>
            ),
          },
          { key: 'now', head: text('compare.now'), figure: true, cell: ({ now }) => told(now) },
          { key: 'a', head: pair[0].name, figure: true, cell: ({ a }) => told(a) },
          { key: 'b', head: pair[1].name, figure: true, cell: ({ b }) => told(b) },
        ]}
      />
    </section>
  )
}
