'use client'
import type { ReportTold } from '@fieldback/api/report/read'
import type { LineChanged } from '@fieldback/domain/report/read-report'
import { OUTCOMES, REPORT_KINDS, REPORT_STATUSES } from '@fieldback/domain/report/report'
import { SectionHead } from '@fieldback/ui/section-head'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { type Names, useToldText } from '../../client/use-told-text.ts'

type Props = { readonly changes: ReportTold['changes']; readonly names: Names }

/** Each correction: when, by whom, and both sides of what it changed. */
export function ReportHistory({ changes, names }: Props) {
  const text = useTranslations('reportDesk')
  const formats = useFormats()
  const lines = useLines(names)
  return (
    <section aria-labelledby="history">
      <SectionHead id="history">{text('history.title')}</SectionHead>
      {changes.length === 0 && <p className="text-ink-2">{text('history.none')}</p>}
      <ol className="flex flex-col gap-5">
        {changes.map((change) => (
          <li key={change.version} className="min-w-0">
            <p className="text-caption text-ink-2">
              {text('history.who', { at: formats.instant(change.at), name: change.by })}
            </p>
            {change.lines.length === 0 && <p>{text('history.quiet')}</p>}
            <dl className="mt-1 flex flex-col gap-2">
              {change.lines.map((line) => {
                const { key, name, before, after } = lines(line)
                return (
                  <div key={key} className="wrap-anywhere">
                    <dt>{name}</dt>
                    <dd className="text-ink-2">
                      {text('history.before')}
                      <del className="no-underline">{before}</del>
                    </dd>
                    <dd>
                      <span className="text-ink-2">{text('history.after')}</span>
                      <ins className="font-medium no-underline">{after}</ins>
                    </dd>
                  </div>
                )
              })}
            </dl>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** A line's name and its two sides in the reader's language. */
function useLines(names: Names) {
  const text = useTranslations('reportDesk')
  const report = useTranslations('report')
  const formats = useFormats()
  const label = useLabel()
  const told = useToldText(names)
  const field = useTranslations('field')
  const plain = (of: Exclude<LineChanged['of'], 'answer'>, value: string | null): string => {
    if (value === null) return text('history.nothing')
    const outcome = OUTCOMES.find((one) => one === value)
    const kind = REPORT_KINDS.find((one) => one === value)
    const status = REPORT_STATUSES.find((one) => one === value)
    if (of === 'outcome' && outcome) return report(`outcomes.${outcome}`)
    if (of === 'kind' && kind) return report(`kinds.${kind}`)
    if (of === 'status' && status) return report(`view.state.${status}`)
    if (of === 'day') return formats.day(value)
    return of === 'contactId' ? (names[value] ?? field('answer.elsewhere')) : value
  }
  return (line: LineChanged) =>
    line.of === 'answer'
      ? {
          key: line.fieldId,
          name: label(line.label),
          before: told(line.before, ''),
          after: told(line.after, ''),
        }
      : {
          key: line.of,
          name: text(`history.line.${line.of}`),
          before: plain(line.of, line.before),
          after: plain(line.of, line.after),
        }
}
