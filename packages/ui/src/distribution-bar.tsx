import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { Legend, type Swatch, swatchGround } from './legend.tsx'

export type DistributionSegment = {
  key: string
  /** With its count: "spirale, 128". */
  label: ReactNode
  value: number
  swatch?: Swatch | undefined
}

export type DistributionBarProps = {
  segments: readonly DistributionSegment[]
  /** Says the shares in words. */
  label: string
  /** 10 in a card, 20 alone on a page. */
  thick?: boolean | undefined
}

const FEW: readonly Swatch[] = ['accent', 'accent-line', 'neutral']
const MANY: readonly Swatch[] = ['ramp-5', 'ramp-4', 'ramp-3', 'ramp-2', 'ramp-1']

const swatchOf = (segment: DistributionSegment, at: number, count: number): Swatch =>
  segment.swatch ?? (count <= FEW.length ? FEW[at] : MANY[at]) ?? 'neutral'

/** How the answers share out. Segments and legend in the same order: colour is not the only key. */
export function DistributionBar({ segments, label, thick = false }: DistributionBarProps) {
  const painted = segments.map((segment, at) => ({
    ...segment,
    swatch: swatchOf(segment, at, segments.length),
  }))
  return (
    <div>
      <div role="img" aria-label={label} className={joinClasses('flex gap-0.5', thick ? 'h-5' : 'h-2.5')}>
        {painted
          .filter((segment) => segment.value > 0)
          .map((segment) => (
            <span
              key={segment.key}
              style={{ flexGrow: segment.value, flexBasis: 0 }}
              className="min-w-[3px] overflow-clip rounded-[2px] first:rounded-l-[5px] last:rounded-r-[5px]"
            >
              <span className={joinClasses('block h-full rounded-none!', swatchGround(segment.swatch))} />
            </span>
          ))}
      </div>
      <div className="mt-2">
        <Legend items={painted.map((segment) => ({ swatch: segment.swatch, label: segment.label }))} />
      </div>
    </div>
  )
}
