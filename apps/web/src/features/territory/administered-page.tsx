'use client'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { MenuItem } from '@fieldback/ui/menu-item'
import { MoreMenu } from '@fieldback/ui/more-menu'
import { PageHead } from '@fieldback/ui/page-head'
import { Stats } from '@fieldback/ui/stats'
import FolderInput from 'lucide-react/icons/folder-input'
import Hash from 'lucide-react/icons/hash'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Split from 'lucide-react/icons/split'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useFormats } from '../../client/use-formats.ts'
import { AddTerritory } from './add-territory.tsx'
import type { Administered, AdministeredProps } from './administered.ts'
import { AdministeredTable, ClosedTable } from './administered-table.tsx'
import { CloseForm } from './close-form.tsx'
import { CodeForm } from './code-form.tsx'
import { MergeForm } from './merge-form.tsx'
import { MoveForm } from './move-form.tsx'
import { PlannedChanges } from './planned-changes.tsx'
import { RenameForm } from './rename-form.tsx'
import { SplitForm } from './split-form.tsx'
import { useClosing } from './use-closing.ts'

/** One territory: what stands on it, what lies under it, and the few things that can be done with it. */
export function AdministeredPage({ page, hrefOf }: AdministeredProps) {
  const address = useAddress()
  const closing = useClosing()
  const { territory } = page
  const opened = address.get('do')
  return (
    <>
      <Head page={page} hrefOf={hrefOf} />
      {opened === 'add' && page.ranks.length > 0 && <AddTerritory page={page} />}
      {opened === 'rename' && <RenameForm territory={territory} />}
      {opened === 'code' && <CodeForm territory={territory} />}
      {opened === 'move' && territory.parentId !== null && (
        <MoveForm territory={territory} counts={page.counts} />
      )}
      {opened === 'merge' && territory.parentId !== null && (
        <MergeForm territory={territory} hrefOf={hrefOf} />
      )}
      {opened === 'split' && (
        <SplitForm
          territory={territory}
          places={[
            ...(territory.parentId === null ? [] : (['beside'] as const)),
            ...(page.ranks.length > 0 ? (['under'] as const) : []),
          ]}
          hrefOf={hrefOf}
        />
      )}
      {opened === 'close' && territory.parentId !== null && (
        <CloseForm
          territory={territory}
          here={page.here}
          parentHref={hrefOf(territory.parentId)}
          closing={closing}
        />
      )}
      <PlannedChanges territoryId={territory.id} />
      <Figures page={page} />
      <AdministeredTable page={page} hrefOf={hrefOf} />
      {page.closed.length > 0 && <ClosedTable page={page} closing={closing} />}
    </>
  )
}

function Head({ page, hrefOf }: AdministeredProps) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  const address = useAddress()
  const { territory, above, here } = page
  const show = (what: string) =>
    address.set({ do: address.get('do') === what ? null : what, to: null, into: null, on: null }, 'push')
  const crumbs = [
    ...above.map((place) => ({
      label: place.name,
      rank: place.rank,
      levelLabel: levelName(place.rank),
      href: place.readable ? hrefOf(place.id) : undefined,
    })),
    { label: levelName(territory.rank), rank: territory.rank },
  ]
  return (
    <PageHead
      crumbs={<Crumbs label={text('page.path')} items={crumbs} renderLink={nextLink} />}
      title={territory.name}
      lede={territory.code === null ? text('admin.noCode') : text('admin.code', { code: territory.code })}
      actions={
        <>
          <MoreMenu label={text('page.more')}>
            <MenuItem icon={<Pencil size={16} />} onClick={() => show('rename')}>
              {text('admin.rename')}
            </MenuItem>
            <MenuItem icon={<Hash size={16} />} onClick={() => show('code')}>
              {text('admin.setCode')}
            </MenuItem>
            {territory.parentId !== null && (
              <MenuItem icon={<Merge size={16} />} onClick={() => show('merge')}>
                {text('admin.merge')}
              </MenuItem>
            )}
            {here.accounts > 0 && (
              <MenuItem icon={<Split size={16} />} onClick={() => show('split')}>
                {text('admin.split')}
              </MenuItem>
            )}
            {territory.parentId !== null && (
              <MenuItem icon={<X size={16} />} onClick={() => show('close')}>
                {text('admin.close')}
              </MenuItem>
            )}
          </MoreMenu>
          {territory.parentId !== null && (
            <Button icon={<FolderInput size={16} />} onClick={() => show('move')}>
              {text('admin.move')}
            </Button>
          )}
          {page.ranks.length > 0 && (
            <Button variant="primary" icon={<Plus size={16} />} onClick={() => show('add')}>
              {text('admin.add')}
            </Button>
          )}
        </>
      }
    />
  )
}

function Figures({ page: { counts, here } }: { page: Administered }) {
  const text = useTranslations('territory')
  const formats = useFormats()
  const own = (count: number) => text('admin.stats.here', { count: formats.number(count) })
  return (
    <Stats
      items={[
        {
          term: text('admin.stats.accounts'),
          value: formats.number(counts.accounts),
          note: own(here.accounts),
        },
        { term: text('admin.stats.people'), value: formats.number(counts.people), note: own(here.people) },
        { term: text('admin.stats.fields'), value: formats.number(counts.fields), note: own(here.fields) },
        { term: text('admin.stats.territories'), value: formats.number(counts.territories) },
      ]}
    />
  )
}
