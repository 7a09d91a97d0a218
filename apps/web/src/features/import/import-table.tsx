'use client'
import type { ImportSummary } from '@fieldback/domain/import/import'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { percentDone } from '@fieldback/ui/progress'
import { PageLink } from '../../client/next-link.tsx'
import { isWorking, totalOf } from './use-import.ts'
import { useWords, type Words } from './use-words.ts'

/** Imports as rows: what, from whom, how far, with what result. */
export function ImportTable({ imports }: { readonly imports: readonly ImportSummary[] }) {
  const words = useWords()
  return (
    <DataTable
      caption={words.text('list.caption')}
      columns={columnsOf(words)}
      rows={imports}
      rowKey={(one) => one.id}
    />
  )
}

const columnsOf = (words: Words): Column<ImportSummary>[] => {
  const { text, formats } = words
  return [
    {
      key: 'file',
      head: text('list.file'),
      cell: ({ id, fileName }) => (
        <PageLink
          href={`/admin/imports/${id}`}
          className="touch font-medium hover:underline hover:underline-offset-4"
        >
          <span className="inline-block max-w-72 truncate align-bottom">{fileName}</span>
        </PageLink>
      ),
    },
    { key: 'state', head: text('list.state'), cell: (one) => <State one={one} words={words} /> },
    { key: 'result', head: text('list.result'), cell: (one) => <Result one={one} words={words} /> },
    {
      key: 'holds',
      head: text('list.holds'),
      cell: ({ kind, lines }) => (
        <Two main={text(`kind.${kind}`)} more={lines > 0 && text('list.lines', { count: lines })} />
      ),
    },
    {
      key: 'by',
      head: text('list.by'),
      cell: ({ createdBy, createdAt }) => <Two main={formats.instant(createdAt)} more={createdBy} />,
    },
  ]
}

function Two({ main, more }: { readonly main: string | false; readonly more: string | false | null }) {
  return (
    <span className="block">
      {main}
      {more && <span className="block text-caption text-ink-2">{more}</span>}
    </span>
  )
}

type CellProps = { readonly one: ImportSummary; readonly words: Words }

function State({ one, words: { text, formats, state } }: CellProps) {
  const percent = isWorking(one.state) ? percentDone(one.handled, totalOf(one)) : null
  const until =
    one.undoUntil && text('list.undoUntil', { day: formats.day(formats.dayOf(one.undoUntil), 'short') })
  return (
    <Two
      main={percent === null ? state(one) : `${state(one)}, ${formats.percent(percent / 100)}`}
      more={until}
    />
  )
}

function Result({ one, words: { text } }: CellProps) {
  const { create, update, refused } = one.counts
  const toCorrect = refused > 0 && text('list.refused', { count: refused })
  if (one.state === 'tried') {
    const changes = create + update
    return <Two main={changes > 0 && text('list.ready', { changes })} more={toCorrect} />
  }
  if (one.state === 'undone') return text('list.back', { count: one.undone?.back ?? 0 })
  if (one.state !== 'done' && one.failure?.code !== 'STOPPED') return null
  return <Two main={text('list.counts', { created: create, updated: update })} more={toCorrect} />
}
