const BANDS = [
  { stroke: 'stroke-level-1', y: 60 },
  { stroke: 'stroke-level-2', y: 102 },
  { stroke: 'stroke-level-3', y: 144 },
  { stroke: 'stroke-level-4', y: 186 },
]

/** On the phone the bands run from edge to edge; on the desk they begin beside the form, round as in the mark. */
const begin = { phone: -20, desk: 14 }

function Bands({ from }: { from: number }) {
  return BANDS.map(({ stroke, y }) => (
    <path key={y} d={`M${from} ${y}C130 ${y} 240 ${y - 48} 430 ${y - 48}`} className={stroke} />
  ))
}

const DRAWN = {
  viewBox: '0 0 390 216',
  preserveAspectRatio: 'xMinYMid slice',
  fill: 'none',
  strokeWidth: 26,
  strokeLinecap: 'round',
} as const

/** The four levels, folded: the top of the phone, the right half of the desk. */
export function Strata() {
  return (
    <>
      <svg aria-hidden="true" {...DRAWN} className="block h-54 w-full lg:hidden">
        <Bands from={begin.phone} />
      </svg>
      <svg aria-hidden="true" {...DRAWN} className="hidden h-full w-full lg:block">
        <Bands from={begin.desk} />
      </svg>
    </>
  )
}
