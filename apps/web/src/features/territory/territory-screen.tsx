'use client'
import type { TerritoryPage as Loaded } from '@fieldback/api/territory/page'
import { Empty } from '@fieldback/ui/empty'
import { Skeleton } from '@fieldback/ui/skeleton'
import { Stats } from '@fieldback/ui/stats'
import { useQuery } from '@tanstack/react-query'
import MapPinOff from 'lucide-react/icons/map-pin-off'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { Arrangements } from './arrangements.tsx'
import { CloseForm } from './close-form.tsx'
import { MergeForm } from './merge-form.tsx'
import { MoveForm } from './move-form.tsx'
import { NewSector } from './new-sector.tsx'
import { PlannedChanges } from './planned-changes.tsx'
import { RenameForm } from './rename-form.tsx'
import { RuleSector } from './rule-sector.tsx'
import { SectorTable } from './sector-table.tsx'
import { SplitForm } from './split-form.tsx'
import { TerritoryHead } from './territory-head.tsx'
import type { TerritoryPage } from './territory-page.ts'
import { useClosing } from './use-closing.ts'

export type TerritoryScreenProps = {
  readonly territoryId: string
  /** As the server read it for the first paint. */
  readonly initial: Loaded | undefined
  /** What waits for a decision here. */
  readonly notice: ReactNode
  /** Who holds what here. */
  readonly people: ReactNode
  /** What is asked here. */
  readonly children: ReactNode
}

const hrefOf = (id: string) => `/manage/t/${id}`

/** One territory: its figures, what lies under it, its people, and what a report asks there. */
export function TerritoryScreen({ territoryId, initial, notice, people, children }: TerritoryScreenProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const address = useAddress()
  const closing = useClosing()
  const page = useQuery({
    ...useTRPC().territory.get.queryOptions({ territoryId }),
    ...(initial ? { initialData: initial as TerritoryPage } : {}),
  })
  if (page.error && !page.data)
    return (
      <Empty icon={<MapPinOff size={28} />} title={text('page.unreadable')} text={sentence(page.error)} />
    )
  if (!page.data) return <Skeleton label={text('page.loading')} lines={6} />
  const opened = address.get('do')
  return (
    <>
      <TerritoryHead page={page.data} />
      {notice}
      <PlannedChanges territoryId={territoryId} />
      {opened === 'rename' && page.data.can.rename && <RenameForm territory={page.data.territory} />}
      {opened === 'sector' && page.data.can.arrange && <NewSector parent={page.data.territory} />}
      {opened === 'move' && page.data.can.move && (
        <MoveForm
          territory={page.data.territory}
          counts={{ accounts: page.data.accounts, people: page.data.here.people }}
        />
      )}
      {opened === 'close' && page.data.can.close && (
        <CloseForm
          territory={page.data.territory}
          here={page.data.here}
          parentHref={hrefOf(page.data.territory.parentId ?? '')}
          closing={closing}
        />
      )}
      {opened === 'merge' && page.data.can.close && (
        <MergeForm territory={page.data.territory} hrefOf={hrefOf} />
      )}
      {opened === 'split' && (page.data.can.close || page.data.can.arrange) && (
        <SplitForm
          territory={page.data.territory}
          places={page.data.can.close ? ['beside'] : ['under']}
          hrefOf={hrefOf}
        />
      )}
      {opened === 'rule' && page.data.can.divide && <RuleSector parent={page.data.territory} />}
      <Figures page={page.data} />
      {page.data.children.length > 0 && <SectorTable page={page.data} />}
      {page.data.can.divide && <Arrangements territoryId={page.data.territory.id} />}
      {page.data.can.grant.length > 0 && people}
      {children}
    </>
  )
}

function Figures({ page }: { page: TerritoryPage }) {
  const text = useTranslations('territory')
  const formats = useFormats()
  const { entryTime, entryTimeAbove, reps, reportsPerWeek } = page
  const parent = page.above.at(-1)
  const under = page.children.filter(({ closed }) => !closed).length
  const items = [
    {
      term: text('stats.accounts'),
      value: formats.number(page.accounts),
      note: text('stats.prospects', { count: page.prospects }),
    },
    {
      term: text('stats.reps'),
      value: formats.number(reps),
      note: under > 0 ? text('stats.under', { count: under }) : text('stats.noneUnder'),
    },
    {
      term: text('stats.reports'),
      value: formats.number(reportsPerWeek),
      unit: text('stats.perWeek'),
      note:
        reps > 0 ? text('stats.perPerson', { figure: formats.number(reportsPerWeek / reps, 1) }) : undefined,
    },
    {
      term: text('stats.entry'),
      value: entryTime.state === 'known' ? formats.number(entryTime.seconds) : '–',
      unit: entryTime.state === 'known' ? text('stats.median') : undefined,
      note: entryNote(),
    },
  ]
  return <Stats items={items} />

  function entryNote(): string | undefined {
    if (entryTime.state === 'hidden')
      return text('stats.hidden', { people: entryTime.people, need: entryTime.need })
    if (entryTime.state === 'none') return text('stats.noReport')
    if (entryTimeAbove.state !== 'known' || !parent) return undefined
    return text('stats.above', { seconds: entryTimeAbove.seconds, place: parent.name })
  }
}
