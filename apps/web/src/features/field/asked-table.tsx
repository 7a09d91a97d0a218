'use client'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useMay } from '../../client/member.tsx'
import { PageLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { type AskedField, type AskedOwner, secondsOf } from './asked.ts'
import { AskedState, PromoteLink, type ReadAt, TightenLink } from './asked-state.tsx'
import { BrokenLines } from './broken-returns.tsx'
import { useFieldWords } from './use-field-words.ts'
import { useTouchWords } from './use-touch-words.ts'
import { WhenAsked } from './when-asked.tsx'

type Row = { readonly field: AskedField; readonly owner: AskedOwner }

type AskedTableProps = {
  readonly owners: readonly AskedOwner[]
  readonly caption: string
  readonly at: ReadAt
}

/** Questions by owner, from the root down, with their use and their cost. */
export function AskedTable({ owners, caption, at }: AskedTableProps) {
  const text = useTranslations('fieldDesk')
  const levelName = useLevelName()
  const formats = useFormats()
  const columns = useColumns(at)
  return (
    <DataTable<Row>
      caption={caption}
      columns={columns}
      rowKey={({ field }) => field.id}
      groups={owners.map((owner) => ({
        key: owner.territory.id,
        head: (
          <>
            <LevelMark rank={owner.territory.rank} size={18} label={levelName(owner.territory.rank)} />
            {owner.territory.name}
          </>
        ),
        aside: (
          <>
            {text('asked.questions', { count: owner.fields.length })}
            <b className="ml-4 inline-block min-w-12 text-right text-ink">
              {text('cost.measured', { seconds: formats.number(secondsOf(owner)) })}
            </b>
          </>
        ),
        rows: owner.fields.map((field) => ({ field, owner })),
      }))}
    />
  )
}

function useColumns(at: ReadAt): Column<Row>[] {
  const text = useTranslations('fieldDesk')
  const formats = useFormats()
  const label = useLabel()
  const words = useFieldWords()
  const { touchLines } = useTouchWords()
  const may = useMay()
  return [
    {
      key: 'question',
      head: text('asked.question'),
      width: '30%',
      cell: ({ field, owner }) => (
        <span className="inline-block max-w-80 whitespace-normal pl-6.5">
          <span className="wrap-anywhere flex flex-wrap items-center gap-x-2 gap-y-6 desk:gap-y-0">
            {owner.place !== 'above' && may('field.define') ? (
              <PageLink href={`/manage/fields/${field.id}`} className="touch hover:underline">
                {label(field.label)}
              </PageLink>
            ) : (
              label(field.label)
            )}
            {field.entity !== 'report' && <Tag>{text(`asked.on.${field.entity}`)}</Tag>}
            <TightenLink field={field} owner={owner} at={at} />
            <PromoteLink field={field} owner={owner} at={at} />
          </span>
          {field.when && <WhenAsked when={field.when} />}
          <BrokenLines broken={field.broken} />
          {touchLines(field.touches, field.unit).map((line) => (
            <span key={line} className="wrap-anywhere block font-regular text-caption text-ink-2">
              {line}
            </span>
          ))}
        </span>
      ),
    },
    {
      key: 'answer',
      head: text('asked.answer'),
      cell: ({ field }) => (
        <span className="inline-block max-w-50 whitespace-normal text-ink-2">{words.answerWords(field)}</span>
      ),
    },
    {
      key: 'state',
      head: text('asked.state'),
      cell: ({ field, owner }) => <AskedState field={field} owner={owner} at={at} />,
    },
    {
      key: 'gives',
      head: text('asked.gives'),
      width: '22%',
      cell: ({ field }) => field.givebacks.map(words.givebackWords).join(', '),
    },
    {
      key: 'received',
      head: (
        <abbr title={text('asked.usedTitle')} className="no-underline">
          {text('asked.used')}
        </abbr>
      ),
      figure: true,
      cell: ({ field }) =>
        field.received === null ? (
          <span title={text('asked.fewPeople')}>–</span>
        ) : (
          formats.number(field.received)
        ),
    },
    {
      key: 'seconds',
      head: text('asked.time'),
      figure: true,
      cell: ({ field }) => words.secondsWords(field),
    },
  ]
}
