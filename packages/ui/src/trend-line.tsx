import { useId } from 'react'
import { linePath, niceTicks, spacedLabels, spreadLabels } from './chart-scale.ts'
import { levelMarkText, type Rank } from './level.ts'

export type TrendSeries = {
  /** Null where it is not known, or hidden: the line breaks. */
  values: readonly (number | null)[]
  /** Written at the end of the line: "31 N.-Aquitaine". */
  endLabel: string
  /** Colour of the level shown; none for a plain grey line. */
  rank?: Rank | undefined
  /** Where each value lies among `xLabels`, between two of them too; none: one a label. */
  at?: readonly number[] | undefined
  dashed?: boolean | undefined
}

export type TrendLineProps = {
  /** What the picture shows, and what it says: read aloud in place of the picture. */
  title: string
  desc: string
  /** One or two. */
  series: readonly TrendSeries[]
  /** One a point; some are left out when they would touch. */
  xLabels: readonly string[]
  /** Writes a value of the axis. */
  format: (value: number) => string
  /** Figures begin at zero unless said otherwise: `from` for rates that live far from it. */
  from?: number | undefined
  to?: number | undefined
  /** A dashed level across: a target, the nation. */
  reference?: { value: number; label: string } | undefined
  /** Dashed lines down at points: re-organisations. One has a label at most, or they would cross. */
  markers?: readonly { at: number; label?: string | undefined }[] | undefined
  /** What the first line is expected to do after its last value: as many more points of `xLabels`. Dashed, within a band. */
  forecast?: readonly { value: number; low: number; high: number }[] | undefined
  height?: number | undefined
}

const TOP = 22
const BOTTOM = 30
const LEFT = 34
const END_GAP = 12
// Figtree at 12 px, strong: measured on French place names.
const CHARACTER = 6.7

/** How a dashed line is drawn, in a legend too. */
export const LINE_DASHES = '6 4'

type Plot = { x: (at: number) => number; y: (value: number) => number; floor: number }

const plotOf = (props: TrendLineProps, height: number) => {
  const known = props.series.flatMap((line) => line.values.filter((value) => value !== null))
  if (props.reference) known.push(props.reference.value)
  known.push(...(props.forecast ?? []).flatMap(({ low, high }) => [low, high]))
  const low = props.from ?? Math.min(0, ...known)
  const high = props.to ?? Math.max(low + 1e-9, ...known)
  const ticks = niceTicks(low, high)
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)]
  const floor = height - BOTTOM
  const count = props.xLabels.length
  const plot: Plot = {
    x: (at) => (count > 1 ? (at / (count - 1)) * 100 : 100),
    y: (value) => floor - ((value - first) / (last - first || 1)) * (floor - TOP),
    floor,
  }
  return { plot, ticks }
}

const endOf = ({ values, at }: TrendSeries) => {
  const last = values.findLastIndex((value) => value !== null)
  const value = values[last]
  return value === null || value === undefined ? null : { at: at?.[last] ?? last, value }
}

function Axes({ ticks, plot, props }: { ticks: number[]; plot: Plot; props: TrendLineProps }) {
  const shown = spacedLabels(props.xLabels.length, 6)
  // Six labels want some 300 px: on a phone, half of them.
  const always = spacedLabels(props.xLabels.length, 3)
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1="0" x2="100%" y1={plot.y(tick)} y2={plot.y(tick)} className="stroke-line" />
          <text x="-10" y={plot.y(tick) + 4} textAnchor="end">
            {props.format(tick)}
          </text>
        </g>
      ))}
      {props.xLabels.map((label, at) =>
        shown.has(at) ? (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: a point of time is its place; labels may repeat.
            key={at}
            x={`${plot.x(at)}%`}
            y={plot.floor + 24}
            textAnchor="middle"
            className={always.has(at) ? undefined : 'max-sm:hidden'}
          >
            {label}
          </text>
        ) : null,
      )}
    </>
  )
}

function Line({
  line,
  plot,
  height,
  main,
}: {
  line: TrendSeries
  plot: Plot
  height: number
  main: boolean
}) {
  const end = endOf(line)
  const points = line.values.map((value, at) => ({
    x: plot.x(line.at?.[at] ?? at),
    y: value === null ? null : plot.y(value),
  }))
  return (
    <g className={line.rank === undefined ? 'text-ink-3' : levelMarkText[line.rank]}>
      {/* Stretched to the width it is given; only the stroke keeps its thickness. */}
      <svg
        aria-hidden="true"
        width="100%"
        height={height}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        overflow="visible"
      >
        <path
          d={linePath(points)}
          fill="none"
          stroke="currentColor"
          strokeWidth={main ? 2.5 : 2}
          strokeDasharray={line.dashed ? LINE_DASHES : undefined}
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      {end && <circle cx={`${plot.x(end.at)}%`} cy={plot.y(end.value)} r="4.5" fill="currentColor" />}
    </g>
  )
}

function EndLabels({ plot, props }: { plot: Plot; props: TrendLineProps }) {
  const ends = props.series.flatMap((line) => {
    const end = endOf(line)
    return end ? [{ y: plot.y(end.value), text: line.endLabel, strong: true }] : []
  })
  if (props.reference)
    ends.push({ y: plot.y(props.reference.value), text: props.reference.label, strong: false })
  const spread = spreadLabels(
    ends.map((end) => end.y),
    16,
  )
  return ends.map((end, at) => (
    <text
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; two may end at the same figure.
      key={at}
      x="100%"
      dx={END_GAP}
      y={(spread[at] ?? end.y) + 4}
      className={end.strong ? 'fill-ink font-strong' : ''}
    >
      {end.text}
    </text>
  ))
}

type MarkerProps = { at: number; label?: string | undefined; plot: Plot; count: number }

function Marker({ at, label, plot, count }: MarkerProps) {
  const x = `${plot.x(at)}%`
  const late = at > (count - 1) / 2
  return (
    <>
      <line x1={x} x2={x} y1="6" y2={plot.floor} className="stroke-ink-3" strokeDasharray="2 3" />
      {label && (
        <text x={x} dx={late ? -8 : 8} y="14" textAnchor={late ? 'end' : 'start'}>
          {label}
        </text>
      )}
    </>
  )
}

/** From the last value on: dashes for what is expected, a band for what it may be. */
function Forecast({ props, plot, height }: { props: TrendLineProps; plot: Plot; height: number }) {
  const [line] = props.series
  const end = line && endOf(line)
  if (!line || !end || !props.forecast) return null
  const steps = [{ value: end.value, low: end.value, high: end.value }, ...props.forecast]
  const along = (of: 'value' | 'low' | 'high') =>
    steps.map((step, ahead) => ({ x: plot.x(end.at + ahead), y: plot.y(step[of]) }))
  return (
    <g className={line.rank === undefined ? 'text-ink-3' : levelMarkText[line.rank]}>
      <svg
        aria-hidden="true"
        width="100%"
        height={height}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
        overflow="visible"
      >
        <path
          d={`${linePath([...along('low'), ...along('high').reverse()])}Z`}
          fill="currentColor"
          fillOpacity="0.16"
        />
        <path
          d={linePath(along('value'))}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeDasharray="4 4"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </g>
  )
}

/** One or two lines named at their end, at the real width: the text is never scaled. */
export function TrendLine(props: TrendLineProps) {
  const descId = useId()
  const height = props.height ?? 182
  const { plot, ticks } = plotOf(props, height)
  const longest = [...props.series.map((line) => line.endLabel), props.reference?.label ?? '']
  const right = Math.ceil(Math.max(...longest.map((text) => text.length)) * CHARACTER) + END_GAP
  const reference = props.reference && plot.y(props.reference.value)
  return (
    <div style={{ paddingLeft: LEFT, paddingRight: right }}>
      <svg
        role="img"
        aria-label={props.title}
        aria-describedby={descId}
        width="100%"
        height={height}
        overflow="visible"
        className="block fill-ink-2 font-medium text-micro tabular-nums"
      >
        <desc id={descId}>{props.desc}</desc>
        <Axes ticks={ticks} plot={plot} props={props} />
        {reference !== undefined && (
          <line
            x1="0"
            x2="100%"
            y1={reference}
            y2={reference}
            className="stroke-ink-3"
            strokeDasharray="2 3"
          />
        )}
        {props.markers?.map((marker) => (
          <Marker key={marker.at} {...marker} plot={plot} count={props.xLabels.length} />
        ))}
        <Forecast props={props} plot={plot} height={height} />
        {props.series
          .map((line, at) => ({ line, main: at === 0 }))
          .reverse()
          .map(({ line, main }) => (
            <Line key={main ? 'main' : 'beside'} line={line} plot={plot} height={height} main={main} />
          ))}
        <EndLabels plot={plot} props={props} />
      </svg>
    </div>
  )
}
