import { joinClasses } from './join-classes.ts'
import { levelSolidGround, type Rank } from './level.ts'

export type StrataSegment = { rank: Rank; weight: number; added?: boolean | undefined }

// The stripes of an addition stand on the soft ground of the level that adds.
const ADDED_GROUND = [
  '[--hatch-ground:var(--fb-level-1-soft)]',
  '[--hatch-ground:var(--fb-level-2-soft)]',
  '[--hatch-ground:var(--fb-level-3-soft)]',
  '[--hatch-ground:var(--fb-level-4-soft)]',
]

/** A whole (seconds, fields) cut by level, drawn in rank order; what is being added is hatched. `label` says it in words. */
export function StrataBar({ segments, label }: { segments: readonly StrataSegment[]; label: string }) {
  const drawn = segments.filter((segment) => segment.weight > 0).toSorted((a, b) => a.rank - b.rank)
  return (
    <div role="img" aria-label={label} className="flex h-2.5 gap-0.5">
      {drawn.map((segment) => (
        <span
          key={`${segment.rank}${segment.added ? '+' : ''}`}
          style={{ flexGrow: segment.weight, flexBasis: 0 }}
          className={joinClasses(
            'min-w-[3px] rounded-[2px] first:rounded-l-[5px] last:rounded-r-[5px]',
            segment.added ? joinClasses('hatch', ADDED_GROUND[segment.rank]) : levelSolidGround[segment.rank],
          )}
        />
      ))}
    </div>
  )
}
