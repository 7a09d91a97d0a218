'use client'
import type { ListedItem, ListPage } from '@fieldback/api/list/read'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import CircleAlert from 'lucide-react/icons/circle-alert'
import ClipboardPaste from 'lucide-react/icons/clipboard-paste'
import ListIcon from 'lucide-react/icons/list'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { callMutation } from '../../client/call.ts'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { ItemTable } from './item-table.tsx'
import { PasteForm } from './paste-form.tsx'
import { useListChanges } from './use-list-changes.ts'
import { ItemForm, NameForm } from './words-form.tsx'

const SHOWN = ['live', 'retired'] as const
type Shown = (typeof SHOWN)[number]
const PAGE = 50
type Open = 'name' | 'add' | 'paste' | ListedItem | null

/** One list as a territory sees it: what it inherits, what it adds, and what its branch adds. */
export function ListScreen({ territory, listId }: { territory: PathNode; listId: string }) {
  const text = useTranslations('list')
  const label = useLabel()
  const sentence = useErrorSentence()
  const formats = useFormats()
  const router = useRouter()
  const { told, failed, turn, turnItem } = useListChanges()
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState<Shown>('live')
  const [page, setPage] = useState(0)
  const [open, setOpen] = useState<Open>(null)
  const [refused, setRefused] = useState<unknown>(null)
  const at = { territoryId: territory.id, listId }
  const read = useQuery({
    ...useTRPC().list.read.queryOptions({ ...at, search, retired: shown === 'retired', page }),
    placeholderData: keepPreviousData,
  })
  const list = read.data as ListPage | undefined
  const close = () => setOpen(null)
  const item = open !== null && typeof open === 'object' ? open : null
  const now = item && list?.items.find(({ id }) => id === item.id)
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('path')}
            renderLink={nextLink}
            items={[
              { label: text('back'), href: `/manage/fields?at=${territory.id}` },
              {
                label: text('title', { place: territory.name }),
                href: `/manage/fields/lists?at=${territory.id}`,
              },
            ]}
          />
        }
        title={list ? label(list.name) : ''}
        lede={
          list &&
          text(list.gone ? 'page.ledeGone' : 'page.lede', {
            total: list.total,
            retired: list.retired,
            place: list.owner.name,
          })
        }
        actions={
          <>
            {list?.canRename && <Button onClick={() => setOpen('name')}>{text('rename')}</Button>}
            {list?.canRename && list.total + list.retired > 0 && (
              <Button onClick={retire}>{text('retire')}</Button>
            )}
            {list?.gone?.canRestore && (
              <Button variant="primary" onClick={restore}>
                {text('restore')}
              </Button>
            )}
            {list?.canRename && list.total + list.retired === 0 && (
              <Button onClick={remove}>{text('remove')}</Button>
            )}
            {list?.canAdd && (
              <Button icon={<ClipboardPaste size={16} />} onClick={() => setOpen('paste')}>
                {text('item.paste')}
              </Button>
            )}
            {list?.canAdd && (
              <Button variant="primary" icon={<Plus size={16} />} onClick={() => setOpen('add')}>
                {text('item.add')}
              </Button>
            )}
          </>
        }
      />
      {read.error && !list && (
        <Empty icon={<ListIcon size={28} />} title={text('unreadable')} text={sentence(read.error)} />
      )}
      {read.isPending && <Skeleton label={text('loading')} lines={6} />}
      {refused !== null && (
        <Notice live tone="block" icon={<CircleAlert size={18} />} title={text('retireRefused')}>
          {sentence(refused)}
        </Notice>
      )}
      {list?.gone && (
        <Notice icon={<Archive size={18} />} title={text('gone.title', { day: formats.day(list.gone.day) })}>
          {text(list.gone.canRestore ? 'gone.open' : 'gone.settled', { until: formats.day(list.gone.until) })}
        </Notice>
      )}
      {list?.canAdd && list.owner.id !== territory.id && (
        <Notice rank={list.owner.rank}>{text('page.from', { place: list.owner.name })}</Notice>
      )}
      {open === 'name' && list && (
        <NameForm
          before={list.name}
          run={text('item.save')}
          close={close}
          save={(name) =>
            callMutation('list.rename', { listId, name, known: list.name }).then(() =>
              told(text('renamed'), () =>
                callMutation('list.rename', { listId, name: list.name, known: name }),
              ),
            )
          }
        />
      )}
      {open === 'add' && (
        <ItemForm
          before={null}
          run={text('item.put')}
          close={close}
          save={(said) =>
            callMutation('list.addItem', { ...at, item: said }).then(({ itemId }) =>
              told(text('item.added', { item: said.label.fr }), () => turn([itemId], 'retire')),
            )
          }
        />
      )}
      {open === 'paste' && <PasteForm at={at} close={close} />}
      {item && (
        <ItemForm
          key={item.id}
          before={item}
          now={now ? changedWords(item, now) : []}
          run={text('item.save')}
          close={close}
          save={(said) => {
            const known = { code: item.code, label: item.label, group: item.group }
            return callMutation('list.setItem', { itemId: item.id, item: said, known }).then(
              () =>
                told(text('item.changed', { item: said.label.fr }), () =>
                  callMutation('list.setItem', { itemId: item.id, item: known, known: said }),
                ),
              async (error) => {
                await read.refetch()
                throw error
              },
            )
          }}
        />
      )}
      {list && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="w-full max-w-md">
            <TextInput
              type="search"
              icon={<Search size={16} />}
              aria-label={text('page.search')}
              placeholder={text('page.search')}
              value={search}
              onChange={(event) => {
                setSearch(event.target.value)
                setPage(0)
              }}
            />
          </div>
          <Segmented<Shown>
            label={text('page.show')}
            options={SHOWN.map((value) => ({ value, label: text(`page.shown.${value}`) }))}
            value={shown}
            onChange={(value) => {
              setShown(value)
              setPage(0)
            }}
          />
        </div>
      )}
      {list && list.items.length === 0 && (
        <Empty
          icon={<ListIcon size={28} />}
          title={text(search === '' && shown === 'live' ? 'page.empty' : 'page.none')}
          text={search === '' && shown === 'live' ? text('page.emptyNext') : ''}
        />
      )}
      {list && list.items.length > 0 && (
        <ItemTable
          items={list.items}
          onChange={setOpen}
          onTurn={({ id, label: words, retired }) =>
            void turnItem(id, label(words), retired ? 'restore' : 'retire')
          }
        />
      )}
      {list && list.found > PAGE && (
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            {text('page.previous')}
          </Button>
          <span className="text-ink-2 text-small tabular-nums">
            {text('page.first', {
              from: page * PAGE + 1,
              to: Math.min((page + 1) * PAGE, list.found),
              found: list.found,
            })}
          </span>
          <Button disabled={(page + 1) * PAGE >= list.found} onClick={() => setPage(page + 1)}>
            {text('page.next')}
          </Button>
        </div>
      )}
    </DeskScreen>
  )

  function retire(): void {
    setRefused(null)
    void callMutation('list.retire', { listId }).then(
      () => told(text('retired'), () => callMutation('list.restore', { listId })),
      setRefused,
    )
  }

  function restore(): void {
    void callMutation('list.restore', { listId }).then(() => told(text('restored')), failed)
  }

  function remove(): void {
    void callMutation('list.remove', { listId }).then(async () => {
      router.push(`/manage/fields/lists?at=${territory.id}`)
      await told(text('removed'))
    }, failed)
  }
}

/** What somebody else has called an item since the form was opened. */
function changedWords(before: ListedItem, now: ListedItem): string[] {
  const words = ({ code, label, group }: ListedItem) =>
    [label.fr, label.en, code, group].filter(Boolean).join(', ')
  return words(before) === words(now) ? [] : [words(now)]
}
