import ChevronRight from 'lucide-react/icons/chevron-right'
import type { Rank } from './level.ts'
import { LevelLabel } from './level-label.tsx'
import { LevelMark } from './level-mark.tsx'
import { plainLink, type RenderLink } from './link.ts'

export type Crumb = {
  label: string
  href?: string | undefined
  rank?: Rank | undefined
  /** Names the level, said before the place; needed with a rank that is not the last. */
  levelLabel?: string | undefined
}

export type CrumbsProps = {
  /** Names the navigation. */
  label: string
  /** The last one, with a rank, wears the level's label. */
  items: readonly Crumb[]
  renderLink?: RenderLink | undefined
}

function CrumbText({ crumb, last }: { crumb: Crumb; last: boolean }) {
  if (crumb.rank === undefined) return <>{crumb.label}</>
  if (last) return <LevelLabel rank={crumb.rank}>{crumb.label}</LevelLabel>
  return (
    <>
      <LevelMark rank={crumb.rank} size={16} label={crumb.levelLabel} />
      {crumb.label}
    </>
  )
}

export function Crumbs({ label, items, renderLink = plainLink }: CrumbsProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
        {items.map((crumb, place) => {
          const last = place === items.length - 1
          const text = <CrumbText crumb={crumb} last={last} />
          const inline = 'inline-flex items-center gap-1.5'
          return (
            <li key={crumb.href ?? crumb.label} className={`${inline} gap-2`}>
              {place > 0 && <ChevronRight size={14} className="text-ink-3" />}
              {crumb.href === undefined ? (
                <span aria-current={last ? 'page' : undefined} className={inline}>
                  {text}
                </span>
              ) : (
                renderLink({ href: crumb.href, className: `touch hover:text-ink ${inline}`, children: text })
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
