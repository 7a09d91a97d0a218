'use client'
import { type ImportSummary, UNDO_DAYS } from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useInfiniteQuery } from '@tanstack/react-query'
import FileInput from 'lucide-react/icons/file-input'
import Upload from 'lucide-react/icons/upload'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { ImportTable } from './import-table.tsx'
import { isWorking } from './use-import.ts'
import { useWords } from './use-words.ts'

const PAGE = 30
const LOOK_AGAIN_MS = 2_000

/** Every file that came in, newest first; asked again only while the worker is at one of them. */
export function ImportListScreen() {
  const { text, formats, sentence } = useWords()
  const list = useInfiniteQuery({
    ...useTRPC().import.list.infiniteQueryOptions(
      { limit: PAGE },
      { getNextPageParam: (page) => page.next ?? undefined },
    ),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.imports.some((one) => isWorking(one.state)))
        ? LOOK_AGAIN_MS
        : false,
  })
  const imports: readonly ImportSummary[] = list.data?.pages.flatMap((page) => page.imports) ?? []
  const add = (
    <Button variant="primary" icon={<Upload size={16} />} href="/admin/imports/new" renderLink={nextLink}>
      {text('list.new')}
    </Button>
  )
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        title={text('list.title')}
        lede={text('list.lede', { days: formats.number(UNDO_DAYS) })}
        actions={imports.length > 0 && add}
      />
      {list.error && !list.data && (
        <Empty icon={<FileInput size={28} />} title={text('list.unreadable')} text={sentence(list.error)} />
      )}
      {!list.data && !list.error && <Skeleton label={text('list.loading')} lines={6} />}
      {list.data && imports.length === 0 && (
        <Empty
          icon={<FileInput size={28} />}
          title={text('list.none')}
          text={text('list.noneNext')}
          action={add}
        />
      )}
      {imports.length > 0 && <ImportTable imports={imports} />}
      {list.hasNextPage && (
        <p>
          <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {text('list.more')}
          </Button>
        </p>
      )}
    </DeskScreen>
  )
}
