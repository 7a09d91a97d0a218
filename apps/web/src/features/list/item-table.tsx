'use client'
import type { ListedItem } from '@fieldback/api/list/read'
import { DataTable } from '@fieldback/ui/data-table'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'

type ItemTableProps = {
  readonly items: readonly ListedItem[]
  readonly onChange: (item: ListedItem) => void
  readonly onTurn: (item: ListedItem) => void
}

/** Items with who added them; what comes from elsewhere is changed there. */
export function ItemTable({ items, onChange, onTurn }: ItemTableProps) {
  const text = useTranslations('list')
  const label = useLabel()
  return (
    <DataTable
      caption={text('page.caption')}
      rowKey={({ id }) => id}
      rows={items}
      columns={[
        {
          key: 'item',
          head: text('page.item'),
          rowHead: true,
          cell: (item) => <span className="wrap-anywhere">{label(item.label)}</span>,
        },
        { key: 'code', head: text('page.code'), cell: ({ code }) => code },
        { key: 'group', head: text('page.group'), cell: ({ group }) => group },
        { key: 'keeper', head: text('page.keeper'), cell: ({ place }) => place },
        {
          key: 'do',
          head: <span className="sr-only">{text('page.do')}</span>,
          cell: (item) => {
            const name = { item: label(item.label) }
            return (
              item.canDefine && (
                <span className="flex justify-end gap-x-4">
                  <TextLink aria-label={text('page.change', name)} onClick={() => onChange(item)}>
                    {text('page.changeShort')}
                  </TextLink>
                  <TextLink
                    aria-label={text(item.retired ? 'page.restore' : 'page.retire', name)}
                    onClick={() => onTurn(item)}
                  >
                    {text(item.retired ? 'page.restoreShort' : 'page.retireShort')}
                  </TextLink>
                </span>
              )
            )
          },
        },
      ]}
    />
  )
}
