'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { FileDrop } from '@fieldback/ui/file-drop'
import { Notice } from '@fieldback/ui/notice'
import { Skeleton } from '@fieldback/ui/skeleton'
import FileJson from 'lucide-react/icons/file-json'
import { useTranslations } from 'next-intl'
import { MoveLine } from './move-line.tsx'
import { useMove } from './use-move-fields.ts'

/** A file is chosen, tried line by line, and what is chosen of it published: all or nothing. */
export function MoveImport({ territoryId }: { territoryId: string }) {
  const text = useTranslations('fieldMove')
  const move = useMove(territoryId)
  const { tried, counts, chosen } = move
  if (move.reading) return <Skeleton label={text('import.reading')} lines={4} />
  if (!tried)
    return (
      <div className="grid max-w-2xl gap-3">
        {move.fault && <Notice live title={move.fault} />}
        <FileDrop
          label={text('import.name')}
          icon={<FileJson size={28} />}
          title={text('import.drop')}
          text={text('import.dropText')}
          accept=".json,application/json"
          onFiles={([file]) => file && move.read(file)}
        />
      </div>
    )
  const nothing = counts.new + counts.version === 0
  return (
    <div className="grid gap-4">
      <div>
        <h3 className="wrap-anywhere font-strong">{text('result.title', { file: tried.name })}</h3>
        <p className="text-ink-2 text-small" aria-live="polite">
          {text('result.counts', {
            added: counts.new,
            changed: counts.version,
            unchanged: counts.unchanged,
            refused: counts.refused,
          })}
        </p>
      </div>
      {move.fault && <Notice live title={move.fault} />}
      {tried.lines.length === 0 ? (
        <Empty icon={<FileJson size={28} />} title={text('import.empty')} />
      ) : (
        <ul className="divide-y divide-line rounded-card bg-surface shadow-1">
          {tried.lines.map((line) => (
            <MoveLine key={line.at} line={line} chosen={chosen.has(line.at)} onChoose={move.choose} />
          ))}
        </ul>
      )}
      {nothing && counts.refused === 0 && tried.lines.length > 0 && <p>{text('result.all')}</p>}
      <div className="flex flex-wrap gap-2">
        {!nothing && (
          <Button variant="primary" disabled={move.busy || chosen.size === 0} onClick={move.apply}>
            {text('result.apply', { count: chosen.size })}
          </Button>
        )}
        <Button variant="ghost" onClick={move.forget}>
          {text('import.other')}
        </Button>
      </div>
    </div>
  )
}
