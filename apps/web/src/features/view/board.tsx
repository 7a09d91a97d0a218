'use client'
import { PINS_MAX } from '@fieldback/domain/view/view'
import { Button } from '@fieldback/ui/button'
import { IconButton } from '@fieldback/ui/icon-button'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { explorerOf } from './explorer-of.ts'
import { Tile } from './tile.tsx'
import type { ToldView } from './told-view.ts'
import { ViewList } from './view-list.tsx'

type Props = {
  /** The tiles as they came with the page. */
  told: ToldView[] | undefined
}

/** What the reader pinned, each tile the way to its view, in his order; and all the views he may open. */
export function Board({ told }: Props) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  const path = usePathname()
  const trpc = useTRPC()
  const board = useQuery(
    trpc.view.board.queryOptions(undefined, {
      placeholderData: keepPreviousData,
      ...(told && { initialData: told }),
    }),
  )
  const [managing, setManaging] = useState(false)
  const tiles = board.data ?? []
  return (
    <section aria-labelledby="board">
      <SectionHead
        id="board"
        aside={
          <TextLink aria-expanded={managing} onClick={() => setManaging(!managing)}>
            {text(managing ? 'done' : 'manage')}
          </TextLink>
        }
      >
        {text('board')}
      </SectionHead>
      {board.error && !board.data && (
        <p role="alert" className="flex flex-wrap items-center gap-3 text-small">
          {sentence(board.error)}
          <Button onClick={() => board.refetch()}>{text('retry')}</Button>
        </p>
      )}
      {board.data && tiles.length === 0 && (
        <p className="text-ink-2 text-small">
          {text('none', { max: PINS_MAX })}{' '}
          <TextLink href={`${path}/explorer`} renderLink={nextLink}>
            {text('explore')}
          </TextLink>
        </p>
      )}
      {tiles.length > 0 && <Tiles tiles={tiles} path={path} managing={managing} />}
      {managing && <ViewList path={path} />}
    </section>
  )
}

type TilesProps = { tiles: readonly ToldView[]; path: string; managing: boolean }

function Tiles({ tiles, path, managing }: TilesProps) {
  const text = useTranslations('view')
  const move = useMove(tiles)
  return (
    <ol className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {tiles.map((tile, at) => (
        <li key={tile.id} className="relative grid">
          <Tile tile={tile} href={explorerOf(path, tile.view)} />
          {managing && (
            <span className="flex justify-end">
              <IconButton
                label={text('earlier', { name: tile.name })}
                icon={<ArrowLeft size={18} />}
                disabled={at === 0}
                onClick={() => move(at, at - 1)}
              />
              <IconButton
                label={text('later', { name: tile.name })}
                icon={<ArrowRight size={18} />}
                disabled={at === tiles.length - 1}
                onClick={() => move(at, at + 1)}
              />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Puts a tile elsewhere at once, and back when that is refused. */
function useMove(tiles: readonly ToldView[]) {
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const key = trpc.view.board.queryKey()
  const order = useMutation(
    trpc.view.order.mutationOptions({
      onError: (error) => {
        toast({ text: sentence(error), failed: true })
        client.invalidateQueries({ queryKey: key })
      },
    }),
  )
  return (from: number, to: number) => {
    const moved = [...tiles]
    moved.splice(to, 0, ...moved.splice(from, 1))
    client.setQueryData(key, moved)
    order.mutate({ viewIds: moved.map(({ id }) => id) })
  }
}
