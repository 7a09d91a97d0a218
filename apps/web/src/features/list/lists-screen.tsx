'use client'
import type { ListLine } from '@fieldback/api/list/read'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DataTable } from '@fieldback/ui/data-table'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import ListIcon from 'lucide-react/icons/list'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import { useListChanges } from './use-list-changes.ts'
import { NameForm } from './words-form.tsx'

/** Lists that questions of a territory may be answered from, and those of its branch. */
export function ListsScreen({ territory }: { territory: PathNode }) {
  const text = useTranslations('list')
  const label = useLabel()
  const sentence = useErrorSentence()
  const { told } = useListChanges()
  const [adding, setAdding] = useState(false)
  const read = useQuery(useTRPC().list.list.queryOptions({ territoryId: territory.id }))
  const lists = (read.data?.lists ?? []) as readonly ListLine[]
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('path')}
            renderLink={nextLink}
            items={[
              { label: text('back'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
            ]}
          />
        }
        title={text('title', { place: territory.name })}
        lede={text('lede')}
        actions={
          read.data?.canDefine && (
            <Button variant="primary" icon={<Plus size={16} />} onClick={() => setAdding(true)}>
              {text('add')}
            </Button>
          )
        }
      />
      {adding && (
        <NameForm
          before={null}
          run={text('create')}
          close={() => setAdding(false)}
          save={(name) =>
            callMutation('list.create', { territoryId: territory.id, name }).then(() => told(text('created')))
          }
        />
      )}
      {read.error && !read.data && (
        <Empty icon={<ListIcon size={28} />} title={text('unreadable')} text={sentence(read.error)} />
      )}
      {read.isPending && <Skeleton label={text('loading')} lines={4} />}
      {read.data && lists.length === 0 && !adding && (
        <Empty icon={<ListIcon size={28} />} title={text('none')} text={text('noneNext')} />
      )}
      {lists.length > 0 && (
        <DataTable
          caption={text('caption')}
          rowKey={({ id }) => id}
          rows={lists}
          columns={[
            {
              key: 'list',
              head: text('list'),
              rowHead: true,
              cell: ({ id, name, retired }) => (
                <>
                  <TextLink href={`/manage/fields/lists/${id}?at=${territory.id}`} renderLink={nextLink}>
                    {label(name)}
                  </TextLink>
                  {retired && <span className="text-ink-2"> {text('retiredMark')}</span>}
                </>
              ),
            },
            {
              key: 'keeper',
              head: text('keeper'),
              cell: ({ owner }) => (
                <span className="inline-flex items-center gap-2">
                  <LevelMark rank={owner.rank} size={16} />
                  {owner.name}
                </span>
              ),
            },
            { key: 'items', head: text('items'), cell: ({ items }) => text('count', { count: items }) },
            {
              key: 'questions',
              head: text('questions'),
              cell: ({ questions }) => text('asked', { count: questions }),
            },
          ]}
        />
      )}
      {read.data?.more && <p className="text-ink-2 text-small">{text('more')}</p>}
    </DeskScreen>
  )
}
