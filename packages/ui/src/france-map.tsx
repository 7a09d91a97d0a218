import { type KeyboardEvent, useId } from 'react'
import { joinClasses } from './join-classes.ts'
import { type Box, type Drawing, isRoomy, type MapShape, viewOf } from './map-box.ts'
import type { RampStep } from './map-scale.ts'

export type MapValue = {
  /** The place's name, written under the overseas tiles. */
  name: string
  /** Written on the shape: "31", or why it is hidden: "trop peu"; may be empty. */
  text: string
  /** Read aloud: "Nouvelle-Aquitaine, 31 %", "Corse, cachée : 3 commerciaux, il en faut 5". */
  label: string
  /** Its class, or 'hidden' when too few people or cases: hatched, never the colour of a low value. */
  step: RampStep | 'hidden'
}

export type FranceMapProps = {
  /** Names the picture. */
  label: string
  drawing: Drawing
  /** By INSEE code. A place absent from it is blank: nothing is known of it. */
  values: Readonly<Record<string, MapValue | undefined>>
  selected?: string | undefined
  /** With it, each shape that has a value is a button. */
  onSelect?: ((code: string) => void) | undefined
}

const FILL = ['fill-ramp-1', 'fill-ramp-2', 'fill-ramp-3', 'fill-ramp-4', 'fill-ramp-5']
const GROUND = ['bg-ramp-1', 'bg-ramp-2', 'bg-ramp-3', 'bg-ramp-4', 'bg-ramp-5']
const ON = ['text-ramp-1-on', 'text-ramp-2-on', 'text-ramp-3-on', 'text-ramp-4-on', 'text-ramp-5-on']
const HATCHED = 'hatch [--hatch-ground:var(--fb-nodata)] [--hatch-line:var(--fb-control)]'

// A ring inside the shape, parted from its colour by the ground's: seen on all five classes.
const RING_GAP = 'stroke-0 stroke-surface group-focus-visible:stroke-10'
const RING =
  'stroke-0 stroke-ink group-hover:stroke-2 group-focus-visible:stroke-focus group-focus-visible:stroke-6'

const onColour = (step: MapValue['step']) => (step === 'hidden' ? 'text-ink' : ON[step - 1])

function Hatching({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" className="fill-nodata" />
      <path d="M0 0V6" className="stroke-control" strokeWidth="1.5" />
    </pattern>
  )
}

type ShapeProps = {
  shape: MapShape
  /** Where the keyboard enters the map; arrows lead on. */
  first: boolean
  value: MapValue | undefined
  selected: boolean
  onSelect: FranceMapProps['onSelect']
  ids: string
}

const STEPS: Readonly<Record<string, 1 | -1 | undefined>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

/** A hundred shapes are one stop of the Tab key: arrows go from one to the next. */
function stepFrom(shape: Element, step: 1 | -1): void {
  const all = [...(shape.parentElement?.querySelectorAll<SVGElement>('[role=button]') ?? [])]
  const next = all.at((all.indexOf(shape as SVGElement) + step) % all.length)
  for (const one of all) one.setAttribute('tabindex', one === next ? '0' : '-1')
  next?.focus()
}

/** A stroke cut to the inside of its shape, so that neighbours drawn later cannot cover half of it. */
function InnerLine({ shape, ids, className }: { shape: MapShape; ids: string; className: string }) {
  return (
    <path
      d={shape.path}
      fill="none"
      strokeLinejoin="round"
      clipPath={`url(#${ids}-${shape.code})`}
      className={className}
    />
  )
}

function Shape({ shape, first, value, selected, onSelect, ids }: ShapeProps) {
  const hidden = value?.step === 'hidden'
  const fill = value === undefined ? 'fill-nodata' : hidden ? '' : FILL[Number(value.step) - 1]
  const drawing = (
    <>
      {value && <title>{value.label}</title>}
      <path
        d={shape.path}
        fill={hidden ? `url(#${ids}-hatch)` : undefined}
        strokeWidth="2"
        strokeLinejoin="round"
        className={joinClasses('stroke-surface', fill)}
      />
      {selected && (
        <>
          <InnerLine shape={shape} ids={ids} className="stroke-7 stroke-surface" />
          <InnerLine shape={shape} ids={ids} className="stroke-4 stroke-ink" />
        </>
      )}
      {onSelect && (
        <>
          <InnerLine shape={shape} ids={ids} className={RING_GAP} />
          <InnerLine shape={shape} ids={ids} className={RING} />
        </>
      )}
    </>
  )
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a bare group takes no focus.
  if (!value) return <g aria-hidden="true">{drawing}</g>
  const named = { 'aria-label': value.label, 'data-place': shape.code, 'data-step': value.step }
  if (!onSelect)
    return (
      // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a bare group is not interactive.
      <g role="img" {...named}>
        {drawing}
      </g>
    )
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (step === undefined) onSelect(shape.code)
    else stepFrom(event.currentTarget, step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG shape cannot be a <button>.
    <g
      role="button"
      tabIndex={first ? 0 : -1}
      {...named}
      aria-pressed={selected}
      onClick={() => onSelect(shape.code)}
      onKeyDown={onKeyDown}
      className="group cursor-pointer outline-none"
    >
      {drawing}
    </g>
  )
}

/** Written over the drawing rather than in it: the figure keeps its size on a narrow screen. */
function ShapeText({ shape, value, box }: { shape: MapShape; value: MapValue; box: Box }) {
  const { beside, valueAt } = shape
  return (
    <span
      aria-hidden
      style={{
        left: `${((valueAt.x - box.x) / box.width) * 100}%`,
        top: `${((valueAt.y - box.y) / box.height) * 100}%`,
      }}
      className={joinClasses(
        'pointer-events-none absolute -translate-y-1/2 whitespace-nowrap tabular-nums',
        beside ? '-translate-x-full text-micro' : '-translate-x-1/2',
        value.step === 'hidden'
          ? 'rounded-xs bg-surface px-1 font-medium text-ink-2 text-micro'
          : 'font-strong text-small',
        beside ? 'text-ink-2' : value.step !== 'hidden' && onColour(value.step),
      )}
    >
      {value.text}
    </span>
  )
}

/** Overseas, and any other without a drawing: the same value and colour, as a tile. */
function Tile({ code, value, selected, onSelect }: TileProps) {
  const box = joinClasses(
    'grid h-11 min-w-14 place-items-center rounded-sm px-2 font-strong text-small tabular-nums',
    value.step === 'hidden' ? HATCHED : joinClasses(GROUND[value.step - 1], onColour(value.step)),
    selected && 'inset-ring-2 inset-ring-ink',
  )
  const text =
    value.step === 'hidden' ? (
      <span className="rounded-xs bg-surface px-1 font-medium text-ink-2 text-micro">{value.text}</span>
    ) : (
      value.text
    )
  return (
    <li data-place={code} data-step={value.step} className="text-center text-caption text-ink-2">
      {onSelect ? (
        <button
          type="button"
          aria-label={value.label}
          aria-pressed={selected}
          onClick={() => onSelect(code)}
          className={`${box} w-full`}
        >
          {text}
        </button>
      ) : (
        <div role="img" aria-label={value.label} className={box}>
          {text}
        </div>
      )}
      <span aria-hidden className="mt-1 block">
        {value.name}
      </span>
    </li>
  )
}

type TileProps = {
  code: string
  value: MapValue
  selected: boolean
  onSelect: FranceMapProps['onSelect']
}

/**
 * Places of France by class of value, drawn as near as those that have one allow. Give it its Legend, its table and its export
 * beside.
 */
export function FranceMap({ label, drawing, values, selected, onSelect }: FranceMapProps) {
  const ids = useId()
  const drawn = new Set(drawing.shapes.map((shape) => shape.code))
  const tiles = Object.entries(values).flatMap(([code, value]) =>
    value && !drawn.has(code) ? [{ code, value }] : [],
  )
  const known = drawing.shapes.filter((shape) => values[shape.code])
  const box = viewOf(drawing, known)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a map is not a fieldset.
    <div role="group" aria-label={label}>
      {known.length > 0 && (
        <div className="relative overflow-hidden">
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: named by the group around it; a title would show over every shape. */}
          <svg
            viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
            overflow="visible"
            className="block h-auto w-full"
          >
            <defs>
              <Hatching id={`${ids}-hatch`} />
              {drawing.shapes.map((shape) => (
                <clipPath key={shape.code} id={`${ids}-${shape.code}`}>
                  <path d={shape.path} />
                </clipPath>
              ))}
            </defs>
            {drawing.shapes.map((shape) => (
              <Shape
                key={shape.code}
                shape={shape}
                first={shape === known[0]}
                value={values[shape.code]}
                selected={selected === shape.code}
                onSelect={onSelect}
                ids={ids}
              />
            ))}
          </svg>
          {known.map((shape) => {
            const value = values[shape.code]
            return value?.text && isRoomy(shape, box) ? (
              <ShapeText key={shape.code} shape={shape} value={value} box={box} />
            ) : null
          })}
        </div>
      )}
      {tiles.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-2">
          {tiles.map(({ code, value }) => (
            <Tile key={code} code={code} value={value} selected={selected === code} onSelect={onSelect} />
          ))}
        </ul>
      )}
    </div>
  )
}
