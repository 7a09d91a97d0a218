'use client'
import type { PromotionPreview } from '@fieldback/api/field/promotion-preview'
import { DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Stats } from '@fieldback/ui/stats'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { Block } from './block.tsx'
import { CheckLine } from './check-line.tsx'

export type PromotionBlockProps = {
  readonly preview: PromotionPreview | undefined
  readonly accepted: boolean
  readonly onAccept: (accepted: boolean) => void
}

/** What a promotion changes and for whom: answers that join, who is asked, what owners get, what stays strict, how long it can be undone. */
export function PromotionBlock({ preview, accepted, onAccept }: PromotionBlockProps) {
  const text = useTranslations('fieldPromote')
  const formats = useFormats()
  if (!preview) return null
  const left = preview.sources.reduce((sum, source) => sum + source.left, 0)
  const items = [
    {
      term: text('changes.joined'),
      value: formats.number(preview.joined),
      note: text('changes.joinedNote'),
    },
    { term: text('changes.left'), value: formats.number(left), note: text('changes.leftNote') },
    {
      term: text('changes.asked'),
      value: formats.number(preview.reps),
      note: text('changes.askedNote', { count: preview.territories }),
    },
    {
      term: text('changes.newly'),
      value: formats.number(preview.newlyAsked),
      note: text('changes.newlyNote'),
    },
  ]
  return (
    <Block title={text('changes.title')} hint={text('changes.hint')}>
      <div className="grid gap-5">
        <Stats items={items} />
        <Sources sources={preview.sources} />
        <Strictness preview={preview} />
        {preview.loosened.length > 0 && (
          <CheckLine checked={accepted} onChange={onAccept}>
            {text('changes.accept')}
          </CheckLine>
        )}
        <p className="text-ink-2 text-small">
          {text('changes.undo', { day: formats.day(preview.undoUntil) })}
        </p>
      </div>
    </Block>
  )
}

type Source = PromotionPreview['sources'][number]

function Sources({ sources }: Pick<PromotionPreview, 'sources'>) {
  const text = useTranslations('fieldPromote')
  const formats = useFormats()
  const label = useLabel()
  return (
    <div className="overflow-x-auto">
      <DataTable<Source>
        caption={text('changes.table')}
        rows={sources}
        rowKey={({ fieldId }) => fieldId}
        columns={[
          {
            key: 'question',
            head: text('changes.question'),
            rowHead: true,
            cell: (source) => (
              <span className="flex items-start gap-2">
                <LevelMark rank={source.owner.rank} size={16} />
                <span className="wrap-anywhere">
                  {label(source.label)}
                  <span className="block text-caption text-ink-2">{source.owner.name}</span>
                </span>
              </span>
            ),
          },
          {
            key: 'answers',
            head: text('changes.answers'),
            figure: true,
            cell: (source) => formats.number(source.answered - source.left),
          },
          {
            key: 'reps',
            head: text('changes.reps'),
            figure: true,
            cell: (source) => formats.number(source.reps),
          },
          {
            key: 'given',
            head: text('changes.given'),
            cell: (source) =>
              source.given.length === 0 ? (
                <span className="text-danger">{text('changes.nothing')}</span>
              ) : (
                <span className="block min-w-44 whitespace-normal text-accent-ink">
                  {formats.list(source.given.map((kind) => text(`notice.returns.${kind}`)))}
                </span>
              ),
          },
        ]}
      />
    </div>
  )
}

function Strictness({ preview }: { readonly preview: PromotionPreview }) {
  const text = useTranslations('fieldPromote')
  const formats = useFormats()
  const told = preview.carried.filter(({ aspects }) => aspects.length > 0)
  const at = (place: string, aspects: readonly PromotionPreview['loosened'][number]['aspect'][]) =>
    text('changes.carriedAt', {
      place,
      aspects: formats.list(aspects.map((aspect) => text(`changes.aspect.${aspect}`))),
    })
  return (
    <>
      {told.length > 0 && (
        <p className="text-small">
          {text('changes.carried', {
            what: formats.list(told.map(({ place, aspects }) => at(place.name, aspects))),
          })}
        </p>
      )}
      {preview.loosened.length > 0 && (
        <p className="font-medium text-small">
          {text('changes.loosened', {
            what: formats.list(preview.loosened.map(({ place, aspect }) => at(place.name, [aspect]))),
          })}
        </p>
      )}
    </>
  )
}
