const BANDS = [
  { stroke: 'stroke-level-1', y: 60 },
  { stroke: 'stroke-level-2', y: 102 },
  { stroke: 'stroke-level-3', y: 144 },
  { stroke: 'stroke-level-4', y: 186 },
]

/** The four levels, folded: the top of the phone, the right half of the desk. */
export function Strata() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 390 216"
      preserveAspectRatio="xMinYMid slice"
      fill="none"
      strokeWidth={26}
      className="block h-54 w-full flex-none lg:h-full"
    >
      {BANDS.map(({ stroke, y }) => (
        <path key={y} d={`M-20 ${y}C130 ${y} 240 ${y - 48} 430 ${y - 48}`} className={stroke} />
      ))}
    </svg>
  )
}
