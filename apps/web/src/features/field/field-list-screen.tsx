'use client'
import type { AskedHere } from '@fieldback/api/field/asked'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PageHead } from '@fieldback/ui/page-head'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { type Asked, secondsOf } from './asked.ts'
import { AskedTable } from './asked-table.tsx'

const SHOWN = ['all', 'above', 'own'] as const
type Shown = (typeof SHOWN)[number]

export type FieldListScreenProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** As the server read it for the first paint. */
  readonly initial: AskedHere | undefined
}

/** Every question asked at a territory and below it, by owner. */
export function FieldListScreen({ territory, initial }: FieldListScreenProps) {
  const text = useTranslations('fieldDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const address = useAddress()
  const list = useQuery({
    ...useTRPC().field.list.queryOptions({ territoryId: territory.id }),
    ...(initial ? { initialData: initial as Asked } : {}),
  })
  const shown = SHOWN.find((one) => one === address.get('show')) ?? 'all'
  const owners = (list.data?.owners ?? []).filter(
    (owner) => shown === 'all' || (owner.place === 'above') === (shown === 'above'),
  )
  const count = owners.reduce((sum, owner) => sum + owner.fields.length, 0)
  const seconds = owners.reduce((sum, owner) => sum + secondsOf(owner), 0)
  return (
    <>
      <PageHead
        title={text('list.title', { place: territory.name })}
        lede={list.data && text('list.lede', { count, seconds: formats.duration(seconds) })}
        actions={
          list.data?.canDefine && (
            <Button
              variant="primary"
              icon={<Plus size={16} />}
              href={`/manage/fields/new?at=${territory.id}`}
              renderLink={nextLink}
            >
              {text('list.add')}
            </Button>
          )
        }
      />
      <div>
        <Segmented<Shown>
          label={text('list.show')}
          options={SHOWN.map((value) => ({ value, label: text(`list.shown.${value}`) }))}
          value={shown}
          onChange={(value) => address.set({ show: value === 'all' ? null : value })}
        />
      </div>
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
      {list.data?.truncated && <p className="text-ink-2">{text('list.truncated')}</p>}
    </>
  )
}
