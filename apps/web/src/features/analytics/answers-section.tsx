'use client'
import type { Bucket, Distribution } from '@fieldback/api/analytics/distribution'
import { CASES_MIN } from '@fieldback/domain/analytics/group-size'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { SectionHead } from '@fieldback/ui/section-head'
import { useLocale } from 'next-intl'
import { ExportLink } from './export-link.tsx'
import { MiniBar } from './mini-bar.tsx'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { bucketText, fieldText, intervalText, shortName } from './words.ts'

type Props = { distribution: Distribution; territoryId: string; name: string; bucket: string | null }

/** How the answers share out, the territory above beside them; an answer's name measures it. */
export function AnswersSection({ distribution, territoryId, name, bucket }: Props) {
  const text = useText()
  const formats = useFormats()
  const locale = useLocale()
  const { asked, answered, unknown, hidden, alone, reference, field } = distribution
  const shown = distribution.buckets.filter(({ n }) => n > 0 || distribution.buckets.length <= 12)
  return (
    <section aria-labelledby="answers">
      <SectionHead
        id="answers"
        aside={
          <ExportLink
            of="distribution"
            territoryId={territoryId}
            measure={{ of: 'field', fieldId: field.id, bucket: null }}
          />
        }
      >
        {fieldText(field, locale)}
      </SectionHead>
      <DataTable
        caption={fieldText(field, locale)}
        rowKey={(row: Bucket) => row.bucket}
        rows={shown}
        columns={useColumns(distribution)}
        currentKey={bucket ?? undefined}
      />
      {distribution.rest && (
        <p className="mt-3 text-caption text-ink-2">
          {text('answers.rest', { items: distribution.rest.items, n: formats.number(distribution.rest.n) })}
        </p>
      )}
      <p className="mt-3 text-caption text-ink-2">
        {text('answers.note', {
          answered,
          asked: asked === null ? 'none' : 'some',
          reports: asked ?? 0,
          unknown,
          of: field.entity,
        })}
      </p>
      {hidden && (
        <p className="text-caption text-ink-2">
          {text('answers.few', { have: hidden.have, need: CASES_MIN })}
        </p>
      )}
      {alone && !hidden && (
        <p className="text-caption text-ink-2">
          {text('trend.alone', { place: name, have: alone.have, need: alone.need })}
        </p>
      )}
      {reference && (
        <p className="text-caption text-ink-2">
          {text('answers.reference', {
            place: reference.place.name,
            answered: formats.number(reference.answered),
          })}
        </p>
      )}
    </section>
  )
}

function useColumns({ field, reference, buckets }: Distribution): Column<Bucket>[] {
  const text = useText()
  const formats = useFormats()
  const { hrefOf } = useView()
  const largest = Math.max(
    1e-9,
    ...buckets.map(({ share, above }) => Math.max(share?.share ?? 0, above ?? 0)),
  )
  const share = (of: number | null | undefined) =>
    of === null || of === undefined ? '–' : formats.percent(of)
  return [
    {
      key: 'answer',
      head: text('measure.answer'),
      rowHead: true,
      cell: ({ bucket, label }) =>
        viewLink({
          href: hrefOf({ measure: { of: 'field', fieldId: field.id, bucket } }),
          className: 'touch hover:underline hover:underline-offset-4',
          children: bucketText(label, text, formats),
        }),
    },
    {
      key: 'bar',
      head: <span className="sr-only">{text('answers.picture')}</span>,
      width: '22%',
      cell: ({ share, above }) =>
        share && <MiniBar share={share.share / largest} tick={above === null ? null : above / largest} />,
    },
    { key: 'n', head: text('table.cases'), figure: true, cell: ({ n }) => formats.number(n) },
    {
      key: 'share',
      head: text('answers.share'),
      figure: true,
      cell: (row) => <b>{share(row.share?.share)}</b>,
    },
    ...(reference
      ? [
          {
            key: 'above',
            head: shortName(reference.place.name),
            figure: true,
            cell: (row: Bucket) => share(row.above),
          },
        ]
      : []),
    ...(field.entity === 'report'
      ? [
          {
            key: 'won',
            head: text('answers.won'),
            figure: true,
            cell: ({ wonRate }: Bucket) =>
              wonRate ? (
                <span title={intervalText(wonRate, text, formats)}>{formats.percent(wonRate.share)}</span>
              ) : (
                '–'
              ),
          },
        ]
      : []),
  ]
}
