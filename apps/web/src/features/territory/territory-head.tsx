'use client'
import { isEmptyPlace } from '@fieldback/domain/territory/placement'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { MenuItem } from '@fieldback/ui/menu-item'
import { MoreMenu } from '@fieldback/ui/more-menu'
import { PageHead } from '@fieldback/ui/page-head'
import Combine from 'lucide-react/icons/combine'
import FolderInput from 'lucide-react/icons/folder-input'
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
import { useDissolving } from './use-dissolving.ts'

export function TerritoryHead({ page }: { page: TerritoryPage }) {
  const text = useTranslations('territory')
  const rules = useTranslations('sectorDesk')
  const levelName = useLevelName()
  const address = useAddress()
  const may = useMay()
  const { territory, above, can } = page
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
          <RareGestures page={page} />
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

/** What changes a territory itself, more seldom than what is added to it. */
function RareGestures({ page }: { page: TerritoryPage }) {
  const text = useTranslations('territory')
  const rules = useTranslations('sectorDesk')
  const address = useAddress()
  const dissolving = useDissolving()
  const { territory, can } = page
  const show = (what: string) => address.set({ do: what, to: null, into: null, on: null }, 'push')
  const items = [
    can.rename && (
      <MenuItem key="rename" icon={<Pencil size={16} />} onClick={() => show('rename')}>
        {text('page.rename')}
      </MenuItem>
    ),
    can.move && (
      <MenuItem key="move" icon={<FolderInput size={16} />} onClick={() => show('move')}>
        {text('page.move')}
      </MenuItem>
    ),
    can.close && (
      <MenuItem key="merge" icon={<Merge size={16} />} onClick={() => show('merge')}>
        {text('page.merge')}
      </MenuItem>
    ),
    (can.close || can.arrange) && page.here.accounts > 0 && (
      <MenuItem key="split" icon={<Scissors size={16} />} onClick={() => show('split')}>
        {text('page.split')}
      </MenuItem>
    ),
    can.dissolve && !isEmptyPlace(page.here) && (
      <MenuItem
        key="dissolve"
        icon={<Combine size={16} />}
        disabled={dissolving.pending}
        onClick={() => dissolving.dissolve(territory)}
      >
        {rules('dissolve')}
      </MenuItem>
    ),
    can.close && territory.parentId !== null && (
      <MenuItem key="close" icon={<X size={16} />} onClick={() => show('close')}>
        {text('page.closeSector')}
      </MenuItem>
    ),
  ].filter((item) => item !== false)
  return items.length > 0 && <MoreMenu label={text('page.more')}>{items}</MoreMenu>
}
