'use client'
import type { CountedField } from '@fieldback/api/analytics/place'
import type { Axis, FindingRow, Findings } from '@fieldback/domain/analytics/findings'
import { crossingsOf, crossQuestion } from '@fieldback/domain/analytics/question-of-view'
import {
  bucketText,
  intervalText,
  shortValue,
  type Unit,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { type HeatCell, HeatTable } from '@fieldback/ui/heat-table'
import { quintiles, rampStep } from '@fieldback/ui/map-scale'
import { Select } from '@fieldback/ui/select'
import { useLocale } from 'next-intl'
import { ChartHead } from './chart-head.tsx'
import { Notes } from './months-section.tsx'
import { PreparedNote } from './prepared-note.tsx'
import { useSubject } from './subject.tsx'
import { useAsk } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { Awaited } from './waiting.tsx'
import { fieldText, monthTicks } from './words.ts'

type Props = { fields: readonly CountedField[] }

/** The territories asked for, crossed with months or with the answers to a question. */
export function CrossSection({ fields }: Props) {
  const text = useText()
  const locale = useLocale()
  const { change } = useView()
  const { territoryId, subject, view } = useSubject()
  const asked = crossQuestion(view, territoryId, subject.measure)
  const query = useAsk(asked)
  const crossed = view.cross === null || view.cross === 'month' ? view.cross : view.cross.fieldId
  const choices = crossingsOf(subject.measure, fields)
  if (!choices.months && choices.fields.length === 0) return null
  const picker = (
    <Select
      label={text('cross.label')}
      value={crossed ?? ''}
      onChange={(value) =>
        change({ cross: value === '' ? null : value === 'month' ? 'month' : { fieldId: value } })
      }
      options={[
        { value: '', label: text('cross.none') },
        ...(choices.months ? [{ value: 'month', label: text('cross.months') }] : []),
        ...choices.fields.map((field) => ({
          value: field.id,
          label: fieldText(field, locale),
          group: field.owner.name,
        })),
      ]}
    />
  )
  return (
    <section aria-labelledby="cross" data-chart="cross" className="border-line border-t pt-7">
      <ChartHead id="cross" files={asked ? 'cross' : undefined} picture={asked !== null} aside={picker}>
        {text('cross.title')}
      </ChartHead>
      {asked ? (
        <Awaited query={query}>
          {(findings) => (
            <>
              <PreparedNote findings={findings} />
              <Cross findings={findings} unit={unitOf(subject.measure, findings)} />
            </>
          )}
        </Awaited>
      ) : (
        <p className="text-ink-2 text-small">{text('cross.next')}</p>
      )}
    </section>
  )
}

type Key = { readonly key: string; readonly head: string }

function useKeys(): (axis: Axis | undefined) => Key[] {
  const text = useText()
  const formats = useFormats()
  return (axis) => {
    if (axis?.by === 'territory') return axis.places.map(({ id, name }) => ({ key: id, head: name }))
    if (axis?.by === 'answer')
      return axis.answers.map(({ bucket, label }) => ({
        key: bucket,
        head: bucketText(label, text, formats),
      }))
    const heads = axis ? monthTicks(axis.months, formats) : []
    return (axis?.months ?? []).map((month, at) => ({ key: month, head: heads[at] ?? month }))
  }
}

function Cross({ findings, unit }: { findings: Findings; unit: Unit }) {
  const text = useText()
  const formats = useFormats()
  const keysOf = useKeys()
  const [rows, columns] = [keysOf(findings.axes[0]), keysOf(findings.axes[1])]
  const byKey = new Map(findings.rows.map((row) => [row.at.join(' '), row]))
  const breaks = quintiles(findings.rows.flatMap(({ now }) => (now.value === null ? [] : [now.value])))
  const cellOf = (row: FindingRow | undefined, where: string): HeatCell | null => {
    if (!row || (row.now.n === 0 && !row.now.hidden)) return null
    const { value, hidden } = row.now
    if (value === null) {
      if (!hidden) return null
      const { have, need, reason } = hidden
      return {
        text: '',
        label: text('map.hiddenRegion', { place: where, have, need, reason }),
        step: 'hidden',
      }
    }
    const interval = intervalText(row.now, { unit, text, formats })
    const said = valueText(value, unit, formats)
    return {
      text: shortValue(value, unit, formats),
      label: interval ? text('map.place', { place: where, value: said, interval }) : `${where}, ${said}`,
      step: rampStep(value, breaks),
    }
  }
  const lines = rows
    .map(({ key, head }) => ({
      key,
      head,
      cells: columns.map((column) => cellOf(byKey.get(`${key} ${column.key}`), `${head}, ${column.head}`)),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== null))
  if (lines.length === 0) return <p className="text-ink-2 text-small">{text('cross.empty')}</p>
  const hidden = findings.rows.filter(({ now }) => now.hidden).length
  return (
    <>
      <HeatTable
        caption={text('cross.caption')}
        corner={text('table.territory')}
        columns={columns}
        rows={lines}
      />
      <Notes>
        {text('cross.note')}
        {hidden > 0 && text('cross.hidden', { count: hidden })}
      </Notes>
    </>
  )
}
