'use client'
import { Button } from '@fieldback/ui/button'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { Segmented } from '@fieldback/ui/segmented'
import CircleCheck from 'lucide-react/icons/circle-check'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useFieldFacts } from './use-field-facts.ts'
import { useKeep } from './use-keep.ts'
import { useReasonWords } from './use-reason-words.ts'
import { useRetire } from './use-retire.ts'
import { spentWords, type Waste, type WasteField } from './waste.ts'
import { WhoUsed } from './who-used.tsx'

const SHOWN = ['decide', 'all'] as const
type Shown = (typeof SHOWN)[number]

const isKept = ({ proposal }: WasteField): boolean => proposal.kind === 'keep'

/** Every question with its cost, its returns and a proposal; what is shown stands in the address. */
export function FieldsSection({ waste }: { waste: Waste }) {
  const text = useTranslations('waste')
  const id = useId()
  const [shown, show] = useShown()
  const columns = useColumns(waste)
  const decide = waste.fields.filter((field) => !isKept(field))
  const keep = waste.fields.filter(isKept)
  const groups = [
    { key: 'decide', head: text('decide'), aside: decide.length, rows: decide },
    ...(shown === 'all' ? [{ key: 'keep', head: text('keep'), aside: keep.length, rows: keep }] : []),
  ].filter(({ rows }) => rows.length > 0)
  return (
    <section aria-labelledby={id}>
      <SectionHead
        id={id}
        aside={
          <Segmented
            label={text('show')}
            value={shown}
            onChange={show}
            options={SHOWN.map((value) => ({ value, label: text(value) }))}
          />
        }
      >
        {text('list', { count: waste.questions })}
      </SectionHead>
      {groups.length === 0 ? (
        <Empty icon={<CircleCheck size={28} />} title={text('nothing')} text={text('nothingNext')} />
      ) : (
        <DataTable<WasteField>
          caption={text('list', { count: waste.questions })}
          columns={columns}
          rowKey={(field) => field.id}
          groups={groups}
        />
      )}
      {waste.fields.length < waste.questions && (
        <p className="mt-3 text-caption text-ink-2">
          {text('cut', { count: waste.fields.length, of: waste.questions })}
        </p>
      )}
    </section>
  )
}

/** In the address, so that a view can be sent to a colleague. */
function useShown(): [Shown, (shown: Shown) => void] {
  const router = useRouter()
  const path = usePathname()
  const params = useSearchParams()
  const shown = params.get('show') === 'decide' ? 'decide' : 'all'
  const show = (next: Shown) => {
    const address = new URLSearchParams(params)
    address.set('show', next)
    router.replace(`${path}?${address}`, { scroll: false })
  }
  return [shown, show]
}

function useColumns(waste: Waste): Column<WasteField>[] {
  const text = useTranslations('waste')
  const formats = useFormats()
  const label = useLabel()
  const levelName = useLevelName()
  const facts = useFieldFacts()
  const reason = useReasonWords()
  const dearest = Math.max(1, ...waste.fields.map(({ monthly }) => monthly))
  return [
    {
      key: 'question',
      head: text('question'),
      cell: (field) => (
        <span className="flex max-w-60 gap-2.5 whitespace-normal @3xl:max-w-90">
          <LevelMark rank={field.owner.rank} size={18} label={levelName(field.owner.rank)} />
          <span className="min-w-0">
            <span className="wrap-anywhere block">{label(field.label)}</span>
            <span className="wrap-anywhere block font-regular text-caption text-ink-2">
              {[field.owner.name, ...facts(field)].join(' · ')}
            </span>
          </span>
        </span>
      ),
    },
    {
      key: 'cost',
      head: text('cost'),
      width: '9rem',
      cell: ({ monthly }) => (
        <span className="flex items-center gap-2.5">
          <span aria-hidden className="block h-2 min-w-12 grow rounded-[4px] bg-sunken">
            <span
              className="block h-full rounded-[4px] bg-ink-2"
              style={{ width: `${(monthly / dearest) * 100}%` }}
            />
          </span>
          <span className="w-16 text-right tabular-nums">
            {monthly > 0 ? spentWords(formats, monthly) : '–'}
          </span>
        </span>
      ),
    },
    {
      key: 'received',
      head: text('received'),
      figure: true,
      cell: ({ received, users }) => (
        <>
          {formats.number(received)}
          <WhoUsed users={users} />
        </>
      ),
    },
    {
      key: 'used',
      head: text('used'),
      figure: true,
      cell: ({ used }) =>
        used === 0 ? <span className="text-ink-2">{text('nobody')}</span> : formats.number(used),
    },
    {
      key: 'proposal',
      head: text('proposal'),
      width: '13rem',
      cell: (field) => (
        <span className="block max-w-70 whitespace-normal">
          <span className="block font-medium">{text(`propose.${field.proposal.kind}`)}</span>
          <span className="block text-caption text-ink-2">
            {[
              reason(field),
              field.lastDay !== null && text('sunset.date', { day: formats.day(field.lastDay) }),
              field.saved.monthly > 0 &&
                text(field.entity === 'report' ? 'rendered' : 'renderedEach', {
                  each: formats.number(field.saved.each, 1),
                  time: spentWords(formats, field.saved.monthly),
                }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      key: 'act',
      head: '',
      cell: (field) => <Act field={field} />,
    },
  ]
}

/** What the proposal leads to: done at once and taken back as easily, or a draft that is already filled in. */
function Act({ field }: { field: WasteField }) {
  const text = useTranslations('waste')
  const label = useLabel()
  const retire = useRetire(field)
  const keep = useKeep(field)
  const { kind } = field.proposal
  if (kind === 'keep') return null
  if (!field.canDefine)
    return <span className="text-caption text-ink-2">{text('notYours', { place: field.owner.name })}</span>
  const name = text(`act.${kind}`, { question: label(field.label) })
  if (kind === 'retire')
    return (
      <span className="flex flex-wrap gap-2">
        <Button
          aria-label={name}
          disabled={retire.isPending}
          onClick={() => retire.mutate({ fieldId: field.id })}
        >
          {text('propose.retire')}
        </Button>
        {field.lastDay !== null && (
          <Button
            aria-label={text('sunset.keepOf', { question: label(field.label) })}
            disabled={keep.isPending}
            onClick={() => keep.mutate({ fieldId: field.id })}
          >
            {text('sunset.keep')}
          </Button>
        )}
      </span>
    )
  return (
    <Button aria-label={name} href={draftOf(field)} renderLink={nextLink}>
      {text(`propose.${kind}`)}
    </Button>
  )
}

function draftOf({ id, owner, proposal, alike }: WasteField): string {
  if (proposal.kind === 'optional') return `/manage/fields/${id}?start=optional`
  if (proposal.kind === 'lessOften') return `/manage/fields/new?instead=${id}&after=${proposal.days}`
  if (proposal.kind === 'promote') return `/manage/fields/promote?at=${owner.id}&from=${alike.join(',')}`
  return proposal.kind === 'coarsen' && proposal.reason === 'ranges'
    ? `/manage/fields/${id}/type`
    : `/manage/fields/${id}`
}
