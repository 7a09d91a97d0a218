'use client'
import type { DepthAt } from '@fieldback/api/coaching/view'
import type { DigestSpan } from '@fieldback/domain/coaching/digest'
import { type Column, DataTable } from '@fieldback/ui/data-table'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { View } from './coaching.ts'

const SHARES = [
  { key: 'answered', of: 'asked' },
  { key: 'noted', of: 'reports' },
  { key: 'pictured', of: 'reports' },
] as const

/** How much reports say, here and by territory below; what fewer than five people filed is not shown. */
export function DepthSection({ view: { here, below }, span }: { view: View; span: DigestSpan }) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const levelName = useLevelName()
  const share = ({ depth, size }: DepthAt, { key, of }: (typeof SHARES)[number], first: boolean) => {
    if (!depth)
      return first && !size.visible ? (
        <span className="text-ink-2">
          {text(size.reason === 'cases' && size.have === 0 ? 'depth.none' : `depth.${size.reason}`)}
        </span>
      ) : null
    return depth[of] === 0 ? '–' : formats.percent(depth[key] / depth[of])
  }
  const columns: Column<DepthAt>[] = [
    {
      key: 'place',
      head: text('depth.place'),
      rowHead: true,
      cell: ({ place }) => (
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={place.rank} size={16} label={levelName(place.rank)} />
          {place.id === here.place.id ? (
            <b>{text('depth.here', { place: place.name })}</b>
          ) : (
            <TextLink
              href={`/manage/coaching?at=${place.id}${span === 'month' ? '' : `&span=${span}`}`}
              renderLink={nextLink}
            >
              {place.name}
            </TextLink>
          )}
        </span>
      ),
    },
    ...SHARES.map(
      (one, at): Column<DepthAt> => ({
        key: one.key,
        head: text(`depth.${one.key}`),
        figure: true,
        cell: (row) => share(row, one, at === 0),
      }),
    ),
  ]
  return (
    <section aria-labelledby="depth">
      <SectionHead id="depth" aside={text('depth.lede')}>
        {text('depth.title')}
      </SectionHead>
      <DataTable
        caption={text('depth.table')}
        rowKey={({ place }) => place.id}
        rows={[here, ...below]}
        columns={columns}
        currentKey={here.place.id}
      />
    </section>
  )
}
