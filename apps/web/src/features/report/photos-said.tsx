'use client'
import { takenAt } from '@fieldback/domain/field/types/photo'
import { Photo } from '@fieldback/ui/photo'
import Hourglass from 'lucide-react/icons/hourglass'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'

/** Photos side by side, each opened as large as it is; one that has not come says where it waits. */
export function PhotosSaid({ ids, here }: { ids: readonly string[]; here: readonly string[] }) {
  const text = useTranslations('media')
  const formats = useFormats()
  return (
    <span className="flex flex-wrap gap-3">
      {ids.map((id, index) => {
        const at = index + 1
        const name = text('photo', { at, day: formats.day(formats.dayOf(new Date(takenAt(id))), 'short') })
        return here.includes(id) ? (
          <a
            key={id}
            href={`/api/media/${id}`}
            target="_blank"
            rel="noopener"
            aria-label={text('open', { at })}
            className="block size-32 overflow-hidden rounded-md bg-sunken inset-ring inset-ring-line"
          >
            <Photo src={`/api/media/${id}`} alt={name} />
          </a>
        ) : (
          <span
            key={id}
            className="grid size-32 place-content-center justify-items-center gap-2 rounded-md bg-sunken p-2 text-center text-caption text-ink-2"
          >
            <Hourglass size={18} aria-hidden />
            {text('waiting', { at })}
          </span>
        )
      })}
    </span>
  )
}
