'use client'
import { Button } from '@fieldback/ui/button'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'

type ExportPanelProps = {
  readonly territory: { readonly id: string; readonly name: string }
  readonly onClose: () => void
}

/** The accounts of a branch and their contacts as files, with what was answered of them. */
export function ExportPanel({ territory, onClose }: ExportPanelProps) {
  const text = useTranslations('accountDesk.export')
  return (
    <section
      aria-label={text('title', { place: territory.name })}
      className="flex flex-col gap-3 rounded-card bg-sunken p-5"
    >
      <p className="max-w-[64ch] text-ink-2">{text('what')}</p>
      {(['account', 'contact'] as const).map((of) => {
        const name = text(`${of}s`)
        const file = `/api/account/export?${new URLSearchParams({ at: territory.id, of })}`
        return (
          <p key={of} className="flex flex-wrap items-center gap-2">
            <span className="w-24 font-strong">{name}</span>
            <Button
              icon={<Download size={16} />}
              href={`${file}&as=xlsx`}
              aria-label={text('xlsxOf', { of: name })}
            >
              {text('xlsx')}
            </Button>
            <Button
              variant="ghost"
              icon={<Download size={16} />}
              href={file}
              aria-label={text('csvOf', { of: name })}
            >
              {text('csv')}
            </Button>
          </p>
        )
      })}
      <p>
        <Button variant="ghost" onClick={onClose}>
          {text('close')}
        </Button>
      </p>
    </section>
  )
}
