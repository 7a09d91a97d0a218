'use client'
import type { CountedField } from '@fieldback/api/analytics/place'
import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import { FILTERS_MAX, type Filter } from '@fieldback/domain/analytics/question'
import { narrowingsOf } from '@fieldback/domain/analytics/question-of-view'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import { bucketText } from '@fieldback/i18n/figure-words'
import { Button } from '@fieldback/ui/button'
import { Chip } from '@fieldback/ui/chip'
import { Select } from '@fieldback/ui/select'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useLocale } from 'next-intl'
import { useState } from 'react'
import { labelOf } from './chosen.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { fieldText } from './words.ts'

type Props = { fields: readonly CountedField[]; measure: AskedMeasure }

/** What the figures are narrowed by, a chip each, and the way to one more. */
export function NarrowFilters({ fields, measure }: Props) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { view, change } = useView()
  const [adding, setAdding] = useState(false)
  const able = narrowingsOf(measure, fields)
  const stock = able.length === 0 && measure.of !== 'outcome' && measure.of !== 'count'
  const without = (gone: Filter) => view.filters.filter(({ fieldId }) => fieldId !== gone.fieldId)
  const chips = [
    ...view.filters.flatMap((filter) => {
      const field = able.find(({ id }) => id === filter.fieldId)
      if (!field) return []
      const said = filter.buckets.map((bucket) =>
        bucketText(labelOf(bucket, field, undefined), text, formats),
      )
      return [
        {
          key: filter.fieldId,
          name: fieldText(field, locale),
          value: formats.list(said),
          remove: () => change({ filters: without(filter) }),
        },
      ]
    }),
    ...(view.kind && !stock
      ? [
          {
            key: 'kind',
            name: text('narrow.kind'),
            value: text(`kind.${view.kind}`),
            remove: () => change({ kind: null }),
          },
        ]
      : []),
    ...(view.outcomes.length > 0 && measure.of !== 'outcome' && !stock
      ? [
          {
            key: 'outcome',
            name: text('narrow.outcome'),
            value: formats.list(view.outcomes.map((outcome) => text(`outcome.${outcome}`))),
            remove: () => change({ outcomes: [] }),
          },
        ]
      : []),
  ]
  return (
    <>
      {chips.map(({ key, name, value, remove }) => (
        <span
          key={key}
          className="inline-flex h-11 max-w-full items-center gap-1.5 rounded-md pl-3 text-small inset-ring inset-ring-line-2 desk:h-9 desk:rounded-[10px]"
        >
          <span className="text-ink-2">{name}</span>
          <span className="truncate font-medium">{value}</span>
          <button
            type="button"
            aria-label={text('narrow.remove', { name })}
            onClick={remove}
            className="grid size-11 flex-none place-items-center rounded-md text-ink-2 hover:text-ink desk:size-9"
          >
            <X size={15} />
          </button>
        </span>
      ))}
      {!stock && (
        <Button
          variant="ghost"
          icon={<Plus size={16} />}
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          {text('narrow.add')}
        </Button>
      )}
      {adding && <NarrowPanel fields={able} measure={measure} onClose={() => setAdding(false)} />}
    </>
  )
}

type PanelProps = Props & { onClose: () => void }

/** Which question, and which of its answers; kind and outcome beside. Each tap counts at once. */
function NarrowPanel({ fields, measure, onClose }: PanelProps) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { view, change } = useView()
  const [fieldId, setFieldId] = useState(view.filters.at(-1)?.fieldId ?? '')
  const field = fields.find(({ id }) => id === fieldId)
  const chosen = view.filters.find((one) => one.fieldId === fieldId)?.buckets ?? []
  const full = view.filters.length >= FILTERS_MAX && chosen.length === 0
  const toggle = (bucket: string) => {
    const buckets = toggled(chosen, bucket)
    const others = view.filters.filter((one) => one.fieldId !== fieldId)
    change({ filters: buckets.length > 0 ? [...others, { fieldId, buckets }] : others })
  }
  return (
    <fieldset className="grid basis-full gap-4 rounded-card border border-line p-4">
      <legend className="sr-only">{text('narrow.legend')}</legend>
      <div className="grid gap-2">
        <Select
          label={text('narrow.question')}
          value={fieldId}
          onChange={setFieldId}
          className="justify-self-start"
          options={[
            { value: '', label: text('narrow.choose') },
            ...fields.map((one) => ({ value: one.id, label: fieldText(one, locale), group: one.owner.name })),
          ]}
        />
        {field && full && (
          <p className="text-ink-2 text-small">{text('narrow.full', { max: FILTERS_MAX })}</p>
        )}
        {field && !full && (
          <Group label={text('narrow.answers', { field: fieldText(field, locale) })}>
            {field.answers.map(({ bucket, label }) => (
              <Chip key={bucket} pressed={chosen.includes(bucket)} onClick={() => toggle(bucket)}>
                {bucketText(label, text, formats)}
              </Chip>
            ))}
          </Group>
        )}
      </div>
      {measure.of !== 'outcome' && (
        <Group label={text('narrow.outcome')}>
          {OUTCOMES.map((outcome) => (
            <Chip
              key={outcome}
              pressed={view.outcomes.includes(outcome)}
              onClick={() =>
                change({
                  outcomes: OUTCOMES.filter((one) => (one === outcome) !== view.outcomes.includes(one)),
                })
              }
            >
              {text(`outcome.${outcome}`)}
            </Chip>
          ))}
        </Group>
      )}
      <Group label={text('narrow.kind')}>
        {REPORT_KINDS.map((kind) => (
          <Chip
            key={kind}
            pressed={view.kind === kind}
            onClick={() => change({ kind: view.kind === kind ? null : kind })}
          >
            {text(`kind.${kind}`)}
          </Chip>
        ))}
      </Group>
      <Button className="justify-self-start" onClick={onClose}>
        {text('narrow.close')}
      </Button>
    </fieldset>
  )
}

function Group({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="text-caption text-ink-2">{label}</legend>
      <div className="flex flex-wrap gap-2">{children}</div>
    </fieldset>
  )
}

const toggled = (list: readonly string[], one: string): string[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one]
