'use client'
import {
  IMPORT_TARGETS,
  type ImportColumn,
  type ImportDetail,
  type ImportMapping,
} from '@fieldback/domain/import/import'
import { Button } from '@fieldback/ui/button'
import { Select, type SelectOption } from '@fieldback/ui/select'
import { useId, useState } from 'react'
import { assign, columnLetters, targetAt } from './mapping.ts'
import { useWords } from './use-words.ts'

/** Columns shown at first: a file may have two hundred. */
const PAGE = 40
const GRID = 'sm:grid-cols-2 lg:grid-cols-[minmax(0,4fr)_minmax(0,4fr)_minmax(0,5fr)]'

export type ColumnListProps = {
  readonly detail: ImportDetail
  readonly mapping: ImportMapping
  readonly onChange: (mapping: ImportMapping) => void
}

/** One row for each column of the file, in its order: title, first values, and what it becomes. */
export function ColumnList({ detail, mapping, onChange }: ColumnListProps) {
  const { text, formats } = useWords()
  const [shown, setShown] = useState(PAGE)
  const { columns } = detail
  const left = columns.length - shown
  return (
    <section aria-label={text('columns.caption')}>
      <div
        aria-hidden
        className={`grid h-8 items-center gap-x-6 text-caption text-ink-2 max-lg:hidden ${GRID}`}
      >
        <span>{text('columns.column')}</span>
        <span>{text('columns.samples')}</span>
        <span>{text('columns.becomes')}</span>
      </div>
      <ul className="border-line border-t [&>li+li]:border-line [&>li+li]:border-t">
        {columns.slice(0, shown).map((column, at) => (
          <ColumnRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place; titles may be the same.
            key={at}
            at={at}
            column={column}
            detail={detail}
            mapping={mapping}
            onChange={onChange}
          />
        ))}
      </ul>
      {left > 0 && (
        <p className="mt-3">
          <Button onClick={() => setShown(shown + PAGE)}>
            {text('columns.more', { count: formats.number(Math.min(PAGE, left)) })}
          </Button>
        </p>
      )}
    </section>
  )
}

type ColumnRowProps = ColumnListProps & { readonly at: number; readonly column: ImportColumn }

function ColumnRow({ at, column, detail, mapping, onChange }: ColumnRowProps) {
  const { text } = useWords()
  const id = useId()
  const target = targetAt(mapping, at)
  const title = column.header.trim() || text('columns.unnamed')
  const hint = target !== null && isHinted(target) ? text(`hint.${target}`) : null
  return (
    <li className={`grid gap-x-6 gap-y-2 py-3 ${GRID}`}>
      <span className="min-w-0">
        <span className={`block break-words ${target === null ? 'text-ink-2' : 'font-medium'}`}>{title}</span>
        <span className="block text-caption text-ink-2">
          {text('columns.letter', { letter: columnLetters(at) })}
        </span>
      </span>
      <Samples samples={column.samples} />
      <span className="min-w-0 sm:max-lg:col-span-2">
        <Select
          aria-label={text('columns.becomesOf', { column: title })}
          aria-describedby={hint ? id : undefined}
          options={useOptions({ at, detail, mapping })}
          value={target ?? ''}
          onChange={(value) => onChange(assign(mapping, at, value === '' ? null : value))}
          className={target === null ? 'text-ink-2' : 'font-medium'}
        />
        {hint && (
          <span id={id} className="mt-1 block text-caption text-ink-2">
            {hint}
          </span>
        )}
      </span>
    </li>
  )
}

function Samples({ samples }: { readonly samples: readonly string[] }) {
  const { text } = useWords()
  if (samples.length === 0) return <span className="text-ink-3">{text('columns.noSample')}</span>
  return <span className="line-clamp-2 min-w-0 break-words text-ink-2">{samples.join(' · ')}</span>
}

const HINTED = [
  'level',
  'parent',
  'code',
  'role',
  'territory',
  'from',
  'to',
  'locale',
  'ref',
  'kind',
  'phone',
  'visitEveryDays',
  'accountRef',
  'account',
  'optedOut',
] as const
const isHinted = (target: string): target is (typeof HINTED)[number] => HINTED.some((one) => one === target)

type Chosen = { readonly at: number; readonly detail: ImportDetail; readonly mapping: ImportMapping }

/** What a column may become; a target that another column brings says whose place it would take. */
function useOptions({ at, detail, mapping }: Chosen): SelectOption[] {
  const { text, target } = useWords()
  const named = (key: string, name: string): SelectOption => {
    const holder = mapping[key]
    if (holder === undefined || holder === at) return { value: key, label: name }
    const column = detail.columns[holder]?.header.trim() || text('columns.unnamed')
    return { value: key, label: text('columns.taken', { target: name, column }) }
  }
  return [
    { value: '', label: text('columns.skip') },
    ...IMPORT_TARGETS[detail.kind].map(({ key, required }) => {
      const name = target(key, detail.fields)
      return named(key, required ? text('columns.required', { target: name }) : name)
    }),
    ...detail.fields.map((field) => named(field.target, text('columns.field', { label: field.label }))),
  ]
}
