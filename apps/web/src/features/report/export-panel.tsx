'use client'
import type { AppRouter } from '@fieldback/api/root'
import { Button } from '@fieldback/ui/button'
import { useQuery } from '@tanstack/react-query'
import type { inferRouterInputs } from '@trpc/server'
import Download from 'lucide-react/icons/download'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { type ReportView, reportParams } from './address.ts'

type Query = inferRouterInputs<AppRouter>['report']['countForExport'] & ReportView

/** What would leave, counted before it does. */
export function ExportPanel({ query, onClose }: { query: Query; onClose: () => void }) {
  const text = useTranslations('reportDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const count = useQuery(useTRPC().report.countForExport.queryOptions(query))
  /** Null: too many would have to be read to tell. */
  const rows = count.data ? count.data.rows : 0
  const file = `/api/report/export?${reportParams(query.territoryId, query)}`
  return (
    <section aria-label={text('export.open')} className="flex flex-col gap-3 rounded-card bg-sunken p-5">
      <p role="status" className="font-strong">
        {count.data
          ? rows === null
            ? text('export.uncounted')
            : text('export.count', { count: rows })
          : count.error
            ? sentence(count.error)
            : text('export.counting')}
      </p>
      {count.data?.cut && rows !== null && <p>{text('export.cut', { max: formats.number(rows) })}</p>}
      <p className="max-w-[64ch] text-ink-2">{text('export.what')}</p>
      <p className="flex flex-wrap gap-2">
        {rows !== 0 && (
          <>
            <Button variant="primary" icon={<Download size={16} />} href={`${file}&as=xlsx`}>
              {text('export.xlsx')}
            </Button>
            <Button icon={<Download size={16} />} href={file}>
              {text('export.do')}
            </Button>
          </>
        )}
        <Button variant="ghost" onClick={onClose}>
          {text('export.close')}
        </Button>
      </p>
    </section>
  )
}
