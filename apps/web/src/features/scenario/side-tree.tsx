'use client'
import type { PlaceChange } from '@fieldback/domain/scenario/outlook'
import { IconButton } from '@fieldback/ui/icon-button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { type DragEvent, type ReactNode, useState } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import type { Subject } from './gesture-props.ts'
import { LoadBar } from './load-bar.tsx'
import { longest, type Measure, measured } from './measure.ts'
import { type PlaceRow, placeRows, type SideName } from './place-rows.ts'
import type { ScenarioPage } from './scenario-page.ts'
import { useWords } from './use-words.ts'

type SideTreeProps = {
  readonly page: ScenarioPage
  readonly side: SideName
  readonly measure: Measure
  readonly onExpand: (id: string) => void
  /** Absent where nothing can be changed. */
  readonly onGesture?: ((subject: Subject) => void) | undefined
}

/** One of the two trees as rows with their loads; of the project, with what was there before and what became of it. */
export function SideTree(props: SideTreeProps) {
  const { page, side, measure, onExpand, onGesture } = props
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = placeRows(page.places, side, { top: page.territory.id, folded })
  const fold = (id: string, shut: boolean) =>
    setFolded((known) => new Set(shut ? [...known, id] : [...known].filter((one) => one !== id)))
  const drag = useDrag(rows, onGesture)
  const top = rows[0]
  const mean = top ? measured(top.side, measure) : 0
  const max = Math.max(longest(page.places, measure), mean)
  return (
    <ul className="grid gap-1">
      {rows.map((row) => (
        <Row
          key={row.place.id}
          row={row}
          side={side}
          measure={measure}
          scale={{ mean, max }}
          drag={drag}
          onToggle={() => {
            fold(row.place.id, row.open === true)
            if (row.open === false) onExpand(row.place.id)
          }}
          onGesture={onGesture && (() => onGesture(subjectOf(row)))}
        />
      ))}
    </ul>
  )
}

const subjectOf = ({ place: { id, rank }, side: { name, parentId } }: PlaceRow): Subject => ({
  id,
  name,
  rank,
  parentId,
})

/** A row that is let go on another asks what is meant. The keyboard's way is the button of each row. */
function useDrag(rows: readonly PlaceRow[], onGesture: SideTreeProps['onGesture']) {
  const [held, setHeld] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const rowOf = (id: string | null) => rows.find(({ place }) => place.id === id)
  const end = () => {
    setHeld(null)
    setOver(null)
  }
  return {
    held,
    over,
    of: (id: string) =>
      onGesture && {
        draggable: rowOf(id)?.depth !== 0,
        onDragStart: (event: DragEvent) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', id)
          setHeld(id)
        },
        onDragOver: (event: DragEvent) => {
          if (held === null || held === id) return
          event.preventDefault()
          setOver(id)
        },
        onDragLeave: () => setOver((known) => (known === id ? null : known)),
        onDragEnd: end,
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          const [from, onto] = [rowOf(held), rowOf(id)]
          end()
          if (from && onto && from !== onto) onGesture({ ...subjectOf(from), onto: subjectOf(onto) })
        },
      },
  }
}

type RowProps = Pick<SideTreeProps, 'side' | 'measure'> & {
  readonly row: PlaceRow
  readonly scale: { readonly mean: number; readonly max: number }
  readonly drag: ReturnType<typeof useDrag>
  readonly onToggle: () => void
  readonly onGesture: (() => void) | undefined
}

const GROUNDS: Readonly<Partial<Record<PlaceChange, string>>> = {
  new: 'bg-accent-soft',
  merged: 'bg-canvas',
  grown: 'bg-canvas',
  moved: 'bg-canvas',
}

function Row({ row, side, measure, scale, drag, onToggle, onGesture }: RowProps) {
  const { text } = useWords()
  const levelName = useLevelName()
  const { place, depth, open } = row
  const { name, load } = row.side
  const projected = side === 'after'
  const change = projected && (depth > 0 || place.change === 'renamed') ? place.change : null
  const look = [
    change && GROUNDS[change],
    drag.over === place.id && 'outline-2 outline-accent',
    drag.held === place.id && 'opacity-50',
    onGesture && depth > 0 && 'cursor-grab',
  ]
    .filter(Boolean)
    .join(' ')
  const was = projected && place.before && place.before.name !== name ? place.before.name : null
  const Arrow = open ? ChevronDown : ChevronRight
  return (
    <li
      {...drag.of(place.id)}
      style={{ paddingLeft: `${4 + Math.min(depth, 3) * 16}px` }}
      className={`flex min-h-11 items-center gap-2 rounded-[10px] py-0.5 pr-1 sm:pr-2 ${look}`}
    >
      {open === undefined ? (
        <span className="w-6 flex-none" />
      ) : (
        <button
          type="button"
          aria-expanded={open}
          aria-label={text(open ? 'tree.shut' : 'tree.open', { name })}
          onClick={onToggle}
          className="touch grid size-6 flex-none place-items-center rounded-sm text-ink-3 hover:bg-sunken"
        >
          <Arrow size={14} />
        </button>
      )}
      <LevelMark rank={place.rank} size={16} label={levelName(place.rank)} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2">
          <b className="min-w-0 break-words font-strong">{name}</b>
          {change && change !== 'shrunk' && (
            <Tag tone={change === 'new' ? 'accent' : 'line'}>{text(`tree.change.${change}`)}</Tag>
          )}
        </span>
        <span className="block text-caption text-ink-2">
          {was ? text('tree.formerly', { name: was }) : <Reps count={load.reps} names={load.names} />}
        </span>
      </span>
      <Loads row={row} projected={projected} measure={measure} scale={scale} />
      {onGesture && (
        <IconButton
          label={text('tree.gestures', { name })}
          icon={<Ellipsis size={18} />}
          className="desk:size-8"
          onClick={onGesture}
        />
      )}
    </li>
  )
}

function Reps({ count, names }: { count: number; names: readonly string[] }): ReactNode {
  const { text } = useWords()
  return count > 0 && count <= names.length && count <= 2 ? names.join(', ') : text('tree.reps', { count })
}

function Loads({
  row: { place, side },
  projected,
  measure,
  scale,
}: Pick<RowProps, 'row' | 'measure' | 'scale'> & { projected: boolean }) {
  const { text, formats } = useWords()
  const value = measured(side, measure)
  const told = (figure: number) =>
    measure === 'seconds' ? formats.duration(Math.round(figure)) : formats.number(figure, figure < 10 ? 1 : 0)
  const before = projected && place.before ? measured(place.before, measure) : null
  const changed = before !== null && told(before) !== told(value)
  const what = text(`measure.${measure}Of`)
  const said = changed
    ? text('measure.saidBoth', { before: told(before), after: told(value), what })
    : text('measure.said', { value: told(value), what })
  return (
    <>
      <LoadBar
        value={value}
        before={changed ? before : null}
        mean={scale.mean}
        max={scale.max}
        strong={projected && (changed || place.before === null)}
      />
      <span className="sr-only">{said}</span>
      <span aria-hidden className="w-14 flex-none text-right tabular-nums sm:w-18">
        {changed && <span className="text-ink-3">{told(before)} </span>}
        {projected && (changed || place.before === null) ? <b>{told(value)}</b> : told(value)}
      </span>
    </>
  )
}
