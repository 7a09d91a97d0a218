'use client'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { PageHead } from '@fieldback/ui/page-head'
import Combine from 'lucide-react/icons/combine'
import HandHelping from 'lucide-react/icons/hand-helping'
import ListFilter from 'lucide-react/icons/list-filter'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Scissors from 'lucide-react/icons/scissors'
import Split from 'lucide-react/icons/split'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import type { TerritoryPage } from './territory-page.ts'
import { useClosing } from './use-closing.ts'
import { useDissolving } from './use-dissolving.ts'

export function TerritoryHead({ page }: { page: TerritoryPage }) {
  const text = useTranslations('territory')
  const rules = useTranslations('sectorDesk')
  const levelName = useLevelName()
  const address = useAddress()
  const closing = useClosing()
  const dissolving = useDissolving()
  const may = useMay()
  const { territory, above, can } = page
  const closable = can.close && page.here === 0 && territory.parentId !== null
  const crumbs = [
    ...above.map((place) => ({
      label: place.name,
      rank: place.rank,
      levelLabel: levelName(place.rank),
      href: place.readable ? `/manage/t/${place.id}` : undefined,
    })),
    { label: levelName(territory.rank), rank: territory.rank },
  ]
  return (
    <PageHead
      crumbs={<Crumbs label={text('page.path')} items={crumbs} renderLink={nextLink} />}
      title={territory.name}
      actions={
        <>
          {may('coaching.write') && (
            <Button
              icon={<HandHelping size={16} />}
              href={`/manage/coaching?at=${territory.id}`}
              renderLink={nextLink}
            >
              {text('page.coaching')}
            </Button>
          )}
          {can.rename && (
            <Button icon={<Pencil size={16} />} onClick={() => address.set({ do: 'rename' }, 'push')}>
              {text('page.rename')}
            </Button>
          )}
          {closable && (
            <Button
              icon={<X size={16} />}
              disabled={closing.pending}
              onClick={() => closing.close(territory, `/manage/t/${territory.parentId}`)}
            >
              {text('page.closeSector')}
            </Button>
          )}
          {can.close && (
            <Button
              icon={<Merge size={16} />}
              onClick={() => address.set({ do: 'merge', into: null }, 'push')}
            >
              {text('page.merge')}
            </Button>
          )}
          {(can.close || can.arrange) && page.ownAccounts > 0 && (
            <Button icon={<Scissors size={16} />} onClick={() => address.set({ do: 'split' }, 'push')}>
              {text('page.split')}
            </Button>
          )}
          {can.dissolve && page.here > 0 && (
            <Button
              icon={<Combine size={16} />}
              disabled={dissolving.pending}
              onClick={() => dissolving.dissolve(territory)}
            >
              {rules('dissolve')}
            </Button>
          )}
          {can.arrange && (
            <Button icon={<Split size={16} />} onClick={() => address.set({ do: 'sector' }, 'push')}>
              {text('page.newSector')}
            </Button>
          )}
          {can.divide && (
            <Button icon={<ListFilter size={16} />} onClick={() => address.set({ do: 'rule' }, 'push')}>
              {rules('open')}
            </Button>
          )}
          {can.define && (
            <Button
              variant="primary"
              icon={<Plus size={16} />}
              href={`/manage/fields/new?at=${territory.id}`}
              renderLink={nextLink}
            >
              {text('page.addField')}
            </Button>
          )}
        </>
      }
    />
  )
}
