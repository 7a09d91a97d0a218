'use client'
import { VIEW_NAME_MAX } from '@fieldback/domain/view/view'
import { Button } from '@fieldback/ui/button'
import { Chip } from '@fieldback/ui/chip'
import { Select } from '@fieldback/ui/select'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { explorerOf } from './explorer-of.ts'
import type { ListedView } from './told-view.ts'

/** All the views one may open: whose they are, with whom they are shared, and what one does with them. */
export function ViewList({ path }: { path: string }) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const list = useQuery(trpc.view.list.queryOptions())
  const place = useQuery(trpc.analytics.place.queryOptions({ territoryId: null }))
  if (list.error && !list.data)
    return (
      <p role="alert" className="mt-4 text-small">
        {sentence(list.error)}
      </p>
    )
  if (!list.data) return <Skeleton lines={3} label={text('loading')} />
  const { views, more } = list.data
  if (views.length === 0) return <p className="mt-4 text-ink-2 text-small">{text('noneKept')}</p>
  return (
    <div className="mt-5">
      <ul aria-label={text('all')}>
        {views.map((view) => (
          <Line key={view.id} view={view} path={path} branches={place.data?.roots ?? []} />
        ))}
      </ul>
      {more && <p className="mt-3 text-caption text-ink-2">{text('more', { count: views.length })}</p>}
    </div>
  )
}

type Branch = { readonly id: string; readonly name: string }

/** The reader's branches, and the one it is shared with where that is none of them. */
const branchesOf = ({ shared }: ListedView, branches: readonly Branch[]) =>
  [...branches, ...(shared && branches.every(({ id }) => id !== shared.id) ? [shared] : [])].map(
    ({ id, name }) => ({ value: id, label: name }),
  )

type LineProps = { view: ListedView; path: string; branches: readonly Branch[] }

function Line({ view, path, branches }: LineProps) {
  const text = useTranslations('view')
  const [naming, setNaming] = useState(false)
  const { open, pin, weekly, remove, rename, share } = useActs(view, path)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t py-3 text-small">
      {naming ? (
        <Naming
          name={view.name}
          onDone={(name) => {
            setNaming(false)
            if (name !== null && name !== view.name) rename(name)
          }}
        />
      ) : (
        <span className="min-w-0 flex-1 basis-60">
          <TextLink onClick={open}>{view.name}</TextLink>
          <span className="block text-caption text-ink-2">
            {text('whose', {
              own: view.own ? 'yes' : 'no',
              owner: view.ownerName,
              shared: view.shared ? 'yes' : 'no',
              place: view.shared?.name ?? '',
            })}
          </span>
        </span>
      )}
      <span className="flex flex-wrap items-center gap-2">
        <Chip pressed={view.position !== null} onClick={pin}>
          {text('pin')}
        </Chip>
        <Chip pressed={view.weekly} onClick={weekly}>
          {text('weekly')}
        </Chip>
        {view.own && !naming && (
          <>
            <TextLink onClick={() => setNaming(true)}>{text('rename')}</TextLink>
            <Select
              label={text('sharedWith')}
              value={view.shared?.id ?? ''}
              onChange={(territoryId) => share(territoryId || null)}
              options={[{ value: '', label: text('nobody') }, ...branchesOf(view, branches)]}
            />
            <TextLink onClick={remove}>{text('remove')}</TextLink>
          </>
        )}
      </span>
    </li>
  )
}

function Naming({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const text = useTranslations('view')
  const [typed, setTyped] = useState(name)
  return (
    <form
      className="flex flex-1 basis-60 gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onDone(typed.trim() || null)
      }}
    >
      <TextInput
        quiet
        autoFocus
        aria-label={text('name')}
        value={typed}
        maxLength={VIEW_NAME_MAX}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit">{text('save')}</Button>
    </form>
  )
}

/** What one may do with a view; each shows at once what became of it, and removing can be undone. */
function useActs(view: ListedView, path: string) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const told = {
    onSuccess: () => client.invalidateQueries(trpc.view.pathFilter()),
    onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
  }
  const pin = useMutation(trpc.view.pin.mutationOptions(told))
  const weekly = useMutation(trpc.view.weekly.mutationOptions(told))
  const change = useMutation(trpc.view.change.mutationOptions(told))
  const restore = useMutation(trpc.view.restore.mutationOptions(told))
  const remove = useMutation(trpc.view.remove.mutationOptions(told))
  const viewId = view.id
  const { name, query } = view
  const territoryId = view.shared?.id ?? null
  return {
    open: () =>
      client.fetchQuery(trpc.view.open.queryOptions({ viewId })).then(
        (opened) => router.push(explorerOf(path, opened.view)),
        (error: unknown) => toast({ text: sentence(error), failed: true }),
      ),
    pin: () => pin.mutate({ viewId, pinned: view.position === null }),
    weekly: () => weekly.mutate({ viewId, weekly: !view.weekly }),
    rename: (next: string) => change.mutate({ viewId, name: next, query, territoryId }),
    share: (branch: string | null) => change.mutate({ viewId, name, query, territoryId: branch }),
    remove: () =>
      remove.mutate(
        { viewId },
        {
          onSuccess: () =>
            toast({
              text: text('removed', { name }),
              undo: { label: text('undo'), onUndo: () => restore.mutate({ viewId }) },
            }),
        },
      ),
  }
}
