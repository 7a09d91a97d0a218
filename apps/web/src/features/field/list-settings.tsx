'use client'
import type { ListLine } from '@fieldback/api/list/read'
import { Select } from '@fieldback/ui/select'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'
import { CheckLine } from './check-line.tsx'
import type { BlockInput } from './draft.ts'

type ListSettingsProps = BlockInput & { readonly fixed: boolean; readonly territoryId: string }

/** Which list answers are taken from, and whether one answer names several of its items. */
export function ListSettings({ draft, change, fixed, territoryId }: ListSettingsProps) {
  const text = useTranslations('fieldDesk')
  const label = useLabel()
  const read = useQuery(useTRPC().list.list.queryOptions({ territoryId }))
  const lists = ((read.data?.lists ?? []) as readonly ListLine[]).filter(
    ({ id, inherited, retired }) => inherited && (!retired || id === draft.list),
  )
  const chosen = lists.find(({ id }) => id === draft.list)
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Select
          label={text('fromList.list')}
          disabled={fixed}
          options={[
            { value: '', label: text('fromList.pick') },
            ...lists.map(({ id, name }) => ({ value: id, label: label(name) })),
          ]}
          value={draft.list ?? ''}
          onChange={(value) => change({ list: value || null, segmentOptions: [] })}
        />
        <CheckLine checked={draft.multiple} disabled={fixed} onChange={(multiple) => change({ multiple })}>
          {text('fromList.multiple')}
        </CheckLine>
      </div>
      <p className="flex flex-wrap gap-x-4 text-caption text-ink-2">
        {chosen && text('fromList.offers', { count: chosen.items })}
        {read.data && lists.length === 0 && text('fromList.none')}
        <TextLink
          href={`/manage/fields/lists${draft.list ? `/${draft.list}` : ''}?at=${territoryId}`}
          renderLink={nextLink}
        >
          {text(draft.list ? 'fromList.see' : 'fromList.make')}
        </TextLink>
      </p>
    </div>
  )
}
