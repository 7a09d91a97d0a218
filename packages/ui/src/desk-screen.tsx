import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import type { Rank } from './level.ts'
import { TopBand } from './top-band.tsx'

export type DeskScreenProps = {
  /** Rail */
  rail: ReactNode
  /** At the left of the page, 290 wide: TreeNav and its filter. */
  side?: ReactNode
  /** At the right, 432 wide: the phone of the builder. */
  aside?: ReactNode
  /** The level of the territory shown: its band across the top of the page. */
  band?: Rank | undefined
  children: ReactNode
}

// The page keeps at least 430 px: the drawing of the phone only stands beside it from 1280 px up.
const columns = (side: boolean, aside: boolean) => {
  if (side && aside) return 'lg:grid-cols-[290px_minmax(0,1fr)] xl:grid-cols-[290px_minmax(0,1fr)_432px]'
  if (side) return 'lg:grid-cols-[290px_minmax(0,1fr)]'
  return aside ? 'xl:grid-cols-[minmax(0,1fr)_432px]' : ''
}

/** Rail, and the white stage. Under 1024 px everything stacks in reading order and controls keep the finger's size. */
export function DeskScreen({ rail, side, aside, band, children }: DeskScreenProps) {
  return (
    <div data-ui="desk" className="min-h-dvh desk:text-small lg:grid lg:grid-cols-[224px_minmax(0,1fr)]">
      {rail}
      <div
        className={joinClasses(
          'grid min-w-0 grid-cols-[minmax(0,1fr)] overflow-clip bg-surface shadow-1 max-lg:rounded-t-card lg:my-2 lg:mr-2 lg:rounded-card',
          columns(Boolean(side), Boolean(aside)),
        )}
      >
        {side && (
          <div className="min-w-0 bg-canvas px-3 py-5 max-lg:max-h-72 max-lg:overflow-y-auto max-lg:border-line max-lg:border-b lg:shadow-[1px_0_0_var(--fb-line)]">
            {side}
          </div>
        )}
        <div className="min-w-0">
          {band !== undefined && <TopBand rank={band} />}
          <main className="flex min-w-0 flex-col gap-7 px-5 pt-6 pb-10 lg:px-8 lg:pt-7">{children}</main>
        </div>
        {aside && (
          <aside className="min-w-0 bg-canvas px-5 py-7 lg:px-6 xl:shadow-[-1px_0_0_var(--fb-line)]">
            {aside}
          </aside>
        )}
      </div>
    </div>
  )
}
