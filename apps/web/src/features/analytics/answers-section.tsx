'use client'
import type { CountedField } from '@fieldback/api/analytics/place'
import type { FindingRow, Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import { bucketText, intervalText, valueText } from '@fieldback/i18n/figure-words'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { useLocale } from 'next-intl'
import { Behind } from './behind-link.tsx'
import { ChartHead } from './chart-head.tsx'
import { labelOf } from './chosen.ts'
import { MiniBar } from './mini-bar.tsx'
import { Notes } from './months-section.tsx'
import type { Answering } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { Awaited } from './waiting.tsx'
import { fieldText, shortName } from './words.ts'

type Props = { query: Answering; field: CountedField; bucket: string | null }

/** How the answers share out, the territory above beside them; an answer's name measures it. */
export function AnswersSection({ query, field, bucket }: Props) {
  const text = useText()
  const locale = useLocale()
  const label = fieldText(field, locale)
  return (
    <section aria-labelledby="answers" data-chart="answers">
      <ChartHead id="answers" files="answers">
        {text('answers.title', { field: label })}
      </ChartHead>
      <Awaited query={query}>
        {(findings) =>
          query.asked && (
            <Answers findings={findings} asked={query.asked} field={field} bucket={bucket} caption={label} />
          )
        }
      </Awaited>
    </section>
  )
}

const SHARE = { of: 'share', field: null } as const

type AnswersProps = {
  findings: Findings
  asked: Question
  field: CountedField
  bucket: string | null
  caption: string
}

function Answers({ findings, asked, field, bucket, caption }: AnswersProps) {
  const text = useText()
  const formats = useFormats()
  const { comparedPlace, total, cut } = findings
  const there = findings.rows.some(({ before }) => before?.value != null)
  return (
    <>
      <DataTable
        caption={caption}
        rowKey={(row) => row.at.join()}
        rows={findings.rows.filter(({ now }) => (now.k ?? 0) > 0 || findings.rows.length <= 12)}
        columns={useColumns({ findings, asked, field })}
        currentKey={bucket ?? undefined}
      />
      <Notes>
        {text('answers.known', { count: total.now.n })}
        {findings.alone !== null &&
          text('answers.small', { have: findings.alone.have, need: findings.alone.need })}
        {comparedPlace !== null && there && text('answers.beside', { place: comparedPlace.name })}
        {cut.some(({ what }) => what === 'answers') &&
          text('cut.answers', {
            shown: cut.find(({ what }) => what === 'answers')?.shown ?? 0,
            of: formats.number(cut.find(({ what }) => what === 'answers')?.of ?? 0),
          })}
      </Notes>
    </>
  )
}

function useColumns({
  findings,
  asked,
  field,
}: Pick<AnswersProps, 'findings' | 'asked' | 'field'>): Column<FindingRow>[] {
  const text = useText()
  const formats = useFormats()
  const { hrefOf } = useView()
  const { rows, comparedPlace } = findings
  const largest = Math.max(1e-9, ...rows.flatMap(({ now, before }) => [now.value ?? 0, before?.value ?? 0]))
  const words = { unit: SHARE, text, formats }
  const share = (of: number | null | undefined) => (of == null ? '–' : valueText(of, SHARE, formats))
  return [
    {
      key: 'answer',
      head: text('measure.answer'),
      rowHead: true,
      cell: ({ at: [bucket = ''] }) =>
        viewLink({
          href: hrefOf({ measure: { of: 'share', fieldId: field.id, bucket } }),
          className: 'touch hover:underline hover:underline-offset-4',
          children: bucketText(labelOf(bucket, field, findings), text, formats),
        }),
    },
    {
      key: 'bar',
      head: <span className="sr-only">{text('answers.picture')}</span>,
      width: '22%',
      cell: ({ now, before }) =>
        now.value !== null && (
          <MiniBar share={now.value / largest} tick={before?.value == null ? null : before.value / largest} />
        ),
    },
    {
      key: 'k',
      head: text('table.cases'),
      figure: true,
      cell: ({ now }) => (now.k === null ? text('table.hidden') : formats.number(now.k)),
    },
    {
      key: 'share',
      head: text('answers.share'),
      figure: true,
      cell: ({ now }) => <b title={intervalText(now, words) ?? undefined}>{share(now.value)}</b>,
    },
    ...(comparedPlace
      ? [
          {
            key: 'above',
            head: shortName(comparedPlace.name),
            figure: true,
            cell: ({ before }: FindingRow) => share(before?.value),
          },
        ]
      : []),
    ...(field.entity === 'report'
      ? [
          {
            key: 'behind',
            head: <span className="sr-only">{text('behindHead')}</span>,
            figure: true,
            cell: ({ at, now }: FindingRow) => (
              <Behind asked={asked} findings={findings} at={at} n={now.k ?? 0} />
            ),
          },
        ]
      : []),
  ]
}
