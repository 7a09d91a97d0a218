import { BANDS } from './level-mark.tsx'

const STROKES = ['stroke-level-1-mark', 'stroke-level-2-mark', 'stroke-level-3', 'stroke-level-4-mark']

/** The four bands, all filled. Give `label` when the product's name is not written beside it. */
export function Logo({ size = 28, label }: { size?: number | undefined; label?: string | undefined }) {
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth={2.5}
      strokeLinecap="round"
      className="block flex-none"
    >
      {BANDS.map((d, depth) => (
        <path key={d} d={d} className={STROKES[depth]} />
      ))}
    </svg>
  )
}
