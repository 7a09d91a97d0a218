'use client'
import { type DigestSpan, LEADING, type Leading } from '@fieldback/domain/coaching/digest'
import { BarList } from '@fieldback/ui/bar-list'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { Stats } from '@fieldback/ui/stats'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import Sprout from 'lucide-react/icons/sprout'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { Subject, View } from './coaching.ts'

type At = { readonly territoryId: string; readonly span: DigestSpan }
type Props = {
  readonly view: View
  readonly at: At
  /** Begins a note about an account; absent for who writes none. */
  readonly onWrite: ((subject: Subject) => void) | undefined
}

/** What a branch knows now that it did not, and what changed for its clients: each figure opens on its accounts. */
export function LearnedSection({ view, at, onWrite }: Props) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const address = useAddress()
  const label = useLabel()
  const { counts, questions } = view
  const shown = address.get('show')
  const open = LEADING.find((figure) => figure === shown) ?? null
  if (questions.length === 0 && LEADING.every((figure) => !counts[figure]))
    return (
      <Empty
        icon={<Sprout size={28} />}
        title={text('nothing', { since: formats.month(view.since, 'long') })}
        text={text('nothingText')}
      />
    )
  const notes: Partial<Record<Leading, string>> = {
    known: text('learned.knownNote'),
    kept: text('learned.keptNote', { promised: counts.promised ?? 0 }),
  }
  return (
    <section aria-labelledby="learned">
      <SectionHead id="learned">{text('learned.title')}</SectionHead>
      <Stats
        items={LEADING.map((figure) => ({
          term: text(`learned.${figure}`),
          value: formats.number(counts[figure] ?? 0),
          note: (
            <>
              {notes[figure] && <span className="block">{notes[figure]}</span>}
              {(counts[figure] ?? 0) > 0 && (
                <TextLink
                  aria-expanded={open === figure}
                  aria-label={text('learned.seeOf', { figure: text(`learned.${figure}`) })}
                  onClick={() => address.set({ show: open === figure ? null : figure })}
                >
                  {text('learned.see')}
                </TextLink>
              )}
            </>
          ),
        }))}
      />
      {open && (
        <Behind
          key={open}
          at={at}
          figure={open}
          onWrite={onWrite}
          onClose={() => address.set({ show: null })}
        />
      )}
      {questions.length > 0 && (
        <div className="mt-6">
          <h3 className="mb-2 font-medium text-small">{text('learned.questions')}</h3>
          <BarList
            label={text('learned.questions')}
            renderLink={nextLink}
            items={questions.map((question) => ({
              key: question.id,
              name:
                question.entity === 'report'
                  ? label(question.label)
                  : text('learned.question', { question: label(question.label), entity: question.entity }),
              value: question.n,
              valueLabel: formats.number(question.n),
              href: `/manage/analytics/explorer?t=${at.territoryId}&m=${question.id}`,
            }))}
          />
        </div>
      )}
    </section>
  )
}

/** The accounts behind a figure, the latest first. */
function Behind({
  at,
  figure,
  onWrite,
  onClose,
}: Pick<Props, 'at' | 'onWrite'> & { figure: Leading; onClose: () => void }) {
  const text = useTranslations('coachingDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { data, error } = useQuery(useTRPC().coaching.behind.queryOptions({ ...at, figure }))
  if (error && !data) return <p role="alert">{sentence(error)}</p>
  if (!data) return <Skeleton label={text('loading')} lines={3} />
  const name = text(`learned.${figure}`)
  return (
    <div className="mt-5">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-3">
        <h3 className="font-medium text-small">
          {name} : {text('learned.behind', { count: data.length })}
        </h3>
        <Button variant="ghost" onClick={onClose}>
          {text('learned.hide')}
        </Button>
      </div>
      {data.length > 0 && (
        <div className="max-h-96 overflow-y-auto">
          <DataTable
            caption={name}
            rowKey={(row) => row.id}
            rows={data}
            columns={[
              {
                key: 'account',
                head: text('learned.column.account'),
                rowHead: true,
                cell: (row) => (
                  <TextLink
                    href={`/manage/reports?at=${at.territoryId}&account=${row.id}`}
                    renderLink={nextLink}
                  >
                    {[row.name, row.city].filter(Boolean).join(', ')}
                  </TextLink>
                ),
              },
              {
                key: 'kind',
                head: text('learned.column.kind'),
                cell: (row) => text(`learned.kind.${row.kind}`),
              },
              {
                key: 'day',
                head: text('learned.column.day'),
                figure: true,
                cell: (row) => formats.day(row.day, 'short'),
              },
              ...(onWrite
                ? [
                    {
                      key: 'write',
                      head: <span className="sr-only">{text('notes.title')}</span>,
                      figure: true,
                      cell: (row: { id: string; name: string }) => (
                        <TextLink
                          aria-label={text('notes.writeOf', { account: row.name })}
                          onClick={() =>
                            onWrite({
                              kind: 'account',
                              id: row.id,
                              words: text('notes.aboutAccount', { account: row.name }),
                            })
                          }
                        >
                          {text('notes.write')}
                        </TextLink>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
    </div>
  )
}
