'use client'
import { Button } from '@fieldback/ui/button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useId, useState } from 'react'
import { toldError } from '../../client/error-code.ts'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Administered } from './administered.ts'

/** Puts a territory under another: what follows is said first, the other place is one tap, and it can be undone. */
export function MoveForm({ page: { territory, counts } }: { page: Administered }) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const address = useAddress()
  const title = useId()
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const move = useMove(territory)
  const found = useQuery({
    ...useTRPC().territory.parents.queryOptions({ territoryId: territory.id, search: sought }),
    placeholderData: keepPreviousData,
  })
  const close = () => address.set({ do: null })
  return (
    <section
      aria-labelledby={title}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="rounded-md bg-sunken p-4"
    >
      <h2 id={title} className="text-lead">
        {text('admin.moveForm.title', { place: territory.name })}
      </h2>
      <p className="mt-1 max-w-[72ch] text-ink-2 text-small">
        {text('admin.moveForm.what', counts)} {text('admin.moveForm.phones')}
      </p>
      <div className="mt-3 max-w-96">
        <TextInput
          type="search"
          autoFocus
          icon={<Search size={16} />}
          aria-label={text('admin.moveForm.search')}
          placeholder={text('admin.moveForm.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {move.fault !== null && (
        <p role="alert" className="mt-2 flex items-start gap-1.5 text-danger text-small">
          <CircleAlert size={16} className="mt-0.5 flex-none" />
          {move.fault}
        </p>
      )}
      {found.data && <Parents found={found.data} sought={sought} territory={territory} move={move} />}
      <div className="mt-3">
        <Button variant="ghost" onClick={close}>
          {common('cancel')}
        </Button>
      </div>
    </section>
  )
}

type ParentsProps = {
  readonly found: {
    readonly parents: readonly { id: string; name: string; rank: 0 | 1 | 2 | 3; under: string | null }[]
    readonly more: number
  }
  readonly sought: string
  readonly territory: Administered['territory']
  readonly move: ReturnType<typeof useMove>
}

function Parents({ found, sought, territory, move }: ParentsProps) {
  const text = useTranslations('territory')
  const levelName = useLevelName()
  if (found.parents.length === 0)
    return (
      <p className="mt-3 text-ink-2 text-small">
        {text(sought === '' ? 'admin.moveForm.nowhere' : 'admin.moveForm.none')}
      </p>
    )
  return (
    <>
      <ul className="mt-3 grid max-w-160 gap-1 sm:grid-cols-2">
        {found.parents.map((parent) => (
          <li key={parent.id}>
            <button
              type="button"
              disabled={move.pending}
              aria-label={text('admin.moveForm.choose', { name: territory.name, place: parent.name })}
              onClick={() => move.to(parent)}
              className="flex min-h-11 w-full items-center gap-2.5 rounded-md bg-surface px-3 py-1.5 text-left inset-ring inset-ring-line-2 transition-colors hover:bg-canvas disabled:text-ink-3"
            >
              <LevelMark rank={parent.rank} size={16} label={levelName(parent.rank)} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium text-small">{parent.name}</span>
                {parent.under !== null && (
                  <span className="block truncate text-caption text-ink-2">
                    {text('admin.moveForm.under', { place: parent.under })}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.more > 0 && (
        <p className="mt-2 text-caption text-ink-2">{text('admin.moveForm.more', { count: found.more })}</p>
      )}
    </>
  )
}

function useMove(territory: Administered['territory']) {
  const text = useTranslations('territory')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const address = useAddress()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  // Rights, questions and figures follow the tree: nothing that was read before still holds.
  const refresh = { onSettled: () => client.invalidateQueries() }
  const move = useMutation(trpc.territory.move.mutationOptions(refresh))
  const undo = useMutation(
    trpc.territory.move.mutationOptions({
      ...refresh,
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  const faultOf = (error: unknown): string => {
    const { code, params } = toldError(error)
    if (code === 'TERRITORY_FIELDS_MEET')
      return text('admin.moveForm.meets', { key: String(params.key), territory: String(params.territory) })
    return code === 'TOO_LARGE' ? text('admin.moveForm.large') : sentence(error)
  }
  return {
    pending: move.isPending,
    fault: move.error ? faultOf(move.error) : null,
    to: (parent: { readonly id: string; readonly name: string }) =>
      move.mutate(
        { territoryId: territory.id, parentId: parent.id, known: territory.parentId ?? undefined },
        {
          onSuccess: ({ from }) => {
            address.set({ do: null })
            toast({
              text: text('admin.moveForm.done', { name: territory.name, place: parent.name }),
              undo: {
                label: common('cancel'),
                onUndo: () => undo.mutate({ territoryId: territory.id, parentId: from, known: parent.id }),
              },
            })
          },
        },
      ),
  }
}
