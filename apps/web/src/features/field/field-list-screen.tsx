'use client'
import type { AskedHere } from '@fieldback/api/field/asked'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import Plus from 'lucide-react/icons/plus'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { AskedTable } from './asked-table.tsx'
import { CountingNotices } from './counting-notices.tsx'
import { ListTools } from './list-tools.tsx'
import { MoreOwners } from './more-owners.tsx'
import { PromotionNotices } from './promotion-notices.tsx'
import { TwinsSection } from './twins-section.tsx'
import { useAskedPages } from './use-asked-pages.ts'

const SHOWN = ['all', 'above', 'own'] as const
type Shown = (typeof SHOWN)[number]

const NOTHING = { above: { questions: 0, seconds: 0 }, own: { questions: 0, seconds: 0 } }

export type FieldListScreenProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** As the server read it for the first paint. */
  readonly initial: AskedHere | undefined
  /** What comes before the list: what waits for somebody. */
  readonly children?: ReactNode
}

/** Every question asked at a territory and below it, by owner. */
export function FieldListScreen({ territory, initial, children }: FieldListScreenProps) {
  const text = useTranslations('fieldDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const address = useAddress()
  const { list, owners: read, rest, more } = useAskedPages(territory.id, initial)
  const shown = SHOWN.find((one) => one === address.get('show')) ?? 'all'
  const owners = read.filter(
    (owner) =>
      owner.fields.length > 0 && (shown === 'all' || (owner.place === 'above') === (shown === 'above')),
  )
  const { above, own } = list.data?.totals ?? NOTHING
  const count = (shown === 'own' ? 0 : above.questions) + (shown === 'above' ? 0 : own.questions)
  const seconds = (shown === 'own' ? 0 : above.seconds) + (shown === 'above' ? 0 : own.seconds)
  return (
    <>
      <PageHead
        title={text('list.title', { place: territory.name })}
        lede={list.data && text('list.lede', { count, seconds: formats.duration(seconds) })}
        actions={
          <>
            <Button href={`/manage/fields/move?at=${territory.id}`} renderLink={nextLink}>
              {text('list.move')}
            </Button>
            {list.data?.canDefine && (
              <Button
                variant="primary"
                icon={<Plus size={16} />}
                href={`/manage/fields/new?at=${territory.id}`}
                renderLink={nextLink}
              >
                {text('list.add')}
              </Button>
            )}
          </>
        }
      />
      {children}
      <CountingNotices territoryId={territory.id} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Segmented<Shown>
          label={text('list.show')}
          options={SHOWN.map((value) => ({
            value,
            label: text(`list.shown.${value}`),
          }))}
          value={shown}
          onChange={(value) => address.set({ show: value === 'all' ? null : value })}
        />
        <span className="flex flex-wrap gap-x-4">
          <TextLink href={`/manage/fields/lists?at=${territory.id}`} renderLink={nextLink}>
            {text('list.lists')}
          </TextLink>
          <TextLink href={`/manage/fields/concepts?at=${territory.id}`} renderLink={nextLink}>
            {text('list.concepts')}
          </TextLink>
        </span>
      </div>
      {list.data && <ListTools asked={list.data} territoryId={territory.id} />}
      {list.error && !list.data && (
        <Empty
          icon={<TextCursorInput size={28} />}
          title={text('list.unreadable')}
          text={sentence(list.error)}
        />
      )}
      {!list.data && !list.error && <Skeleton label={text('list.loading')} lines={6} />}
      {list.data && count === 0 && (
        <Empty icon={<TextCursorInput size={28} />} title={text('list.none')} text={text('list.noneNext')} />
      )}
      {count > 0 && (
        <AskedTable
          owners={owners}
          caption={text('list.caption')}
          at={{ territoryId: territory.id, canDefine: list.data?.canDefine === true }}
        />
      )}
      {shown !== 'above' && <MoreOwners rest={rest} more={more} />}
      {list.data?.canDefine && <TwinsSection territoryId={territory.id} />}
      <PromotionNotices territoryId={territory.id} />
    </>
  )
}
