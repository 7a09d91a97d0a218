'use client'
import type { AsideLine } from '@fieldback/api/quarantine/list'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import Download from 'lucide-react/icons/download'
import Inbox from 'lucide-react/icons/inbox'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useAsideWords } from './use-aside-words.ts'

type Props = { readonly territory: { readonly id: string; readonly name: string } }

/** What waits for a manager in a branch, longest first, or what was settled there; which one is in the address. */
export function QuarantineListScreen({ territory }: Props) {
  const text = useTranslations('quarantine')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const settled = address.get('state') === 'settled'
  const list = useInfiniteQuery({
    ...useTRPC().quarantine.list.infiniteQueryOptions(
      { territoryId: territory.id, settled },
      { getNextPageParam: (page) => page.next },
    ),
    placeholderData: keepPreviousData,
  })
  const items = list.data?.pages.flatMap((page) => page.items as readonly AsideLine[])
  return (
    <>
      <PageHead
        title={text('title', { place: territory.name })}
        lede={text('lede')}
        actions={
          <Button icon={<Download size={16} />} href={`/api/quarantine/export?at=${territory.id}`}>
            {text('export')}
          </Button>
        }
      />
      <div className="max-w-full self-start max-sm:w-full">
        <Segmented
          label={text('state.label')}
          options={[
            { value: 'waiting', label: text('state.waiting') },
            { value: 'settled', label: text('state.settled') },
          ]}
          value={settled ? 'settled' : 'waiting'}
          onChange={(state) => address.set({ state: state === 'settled' ? state : null })}
        />
      </div>
      {list.error && !items && (
        <Empty icon={<Inbox size={28} />} title={text('unreadable')} text={sentence(list.error)} />
      )}
      {list.error && (
        <Button className="self-start" onClick={() => list.refetch()}>
          {common('retry')}
        </Button>
      )}
      {!items && !list.error && <Skeleton label={text('loading')} lines={6} />}
      {items?.length === 0 && (
        <Empty
          icon={<Inbox size={28} />}
          title={text(settled ? 'noneSettled' : 'none')}
          text={text(settled ? 'noneSettledNext' : 'noneNext')}
        />
      )}
      {items && items.length > 0 && <Items items={items} />}
      {list.hasNextPage && (
        <Button
          className="self-start"
          onClick={() => list.fetchNextPage()}
          disabled={list.isFetchingNextPage}
        >
          {text('more')}
        </Button>
      )}
    </>
  )
}

function Items({ items }: { items: readonly AsideLine[] }) {
  const text = useTranslations('quarantine')
  const formats = useFormats()
  const words = useAsideWords()
  return (
    <List label={text('listLabel')}>
      {items.map((item) => (
        <ListRow
          key={item.id}
          href={`/manage/quarantine/${item.id}`}
          renderLink={nextLink}
          chevron
          title={<span className="wrap-anywhere">{words.title(item)}</span>}
          text={
            <>
              <span className="block">
                {[item.author.name, formats.instant(item.capturedAt), item.place.name].join(' · ')}
              </span>
              <span className="mt-1 block text-ink">{words.outcome(item) ?? words.reason(item)}</span>
            </>
          }
        />
      ))}
    </List>
  )
}
