'use client'
import { FIELD_ENTITIES } from '@fieldback/domain/field/field-spec'
import { Button } from '@fieldback/ui/button'
import ArrowDownUp from 'lucide-react/icons/arrow-down-up'
import Copy from 'lucide-react/icons/copy'
import Languages from 'lucide-react/icons/languages'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useAddress } from '../../client/use-address.ts'
import type { Asked, AskedOwner } from './asked.ts'
import { CopySection } from './copy-section.tsx'
import { TranslateSection } from './translate-section.tsx'

/** Brings what draws it: fetched when the order is changed, which is seldom. */
const OrderSection = dynamic(() => import('./order-section.tsx').then((file) => file.OrderSection), {
  ssr: false,
})

/** What can be done with the questions of a territory as a list, for who defines there. */
export function ListTools({ asked, territoryId }: { asked: Asked; territoryId: string }) {
  const text = useTranslations('fieldList')
  const address = useAddress()
  const here = asked.owners.find(({ place }) => place === 'here')
  if (!asked.canDefine) return null
  const opened = address.get('do')
  const close = () => address.set({ do: null })
  if (opened === 'order' && here) return <OrderSection owner={here} onClose={close} />
  if (opened === 'copy') return <CopySection territoryId={territoryId} onClose={close} />
  if (opened === 'translate') return <TranslateSection territoryId={territoryId} onClose={close} />
  return (
    <div className="flex flex-wrap gap-2">
      {here && isOrdered(here) && (
        <Button icon={<ArrowDownUp size={16} />} onClick={() => address.set({ do: 'order' }, 'push')}>
          {text('order.open')}
        </Button>
      )}
      <Button icon={<Copy size={16} />} onClick={() => address.set({ do: 'copy' }, 'push')}>
        {text('copy.open')}
      </Button>
      <Button icon={<Languages size={16} />} onClick={() => address.set({ do: 'translate' }, 'push')}>
        {text('translate.open')}
      </Button>
    </div>
  )
}

/** Two questions or more are asked of the same. */
const isOrdered = ({ fields }: AskedOwner): boolean =>
  FIELD_ENTITIES.some((entity) => fields.filter((field) => field.entity === entity).length > 1)
