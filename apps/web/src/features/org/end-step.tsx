'use client'
import { SETUP_STEPS } from '@fieldback/domain/org/setup'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { PageHead } from '@fieldback/ui/page-head'
import FileInput from 'lucide-react/icons/file-input'
import Network from 'lucide-react/icons/network'
import Smartphone from 'lucide-react/icons/smartphone'
import Users from 'lucide-react/icons/users'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { StepProps } from './setup.ts'

const never = () => () => {}

/** What comes after the set-up; what is still open is named, and can wait. */
export function EndStep({ setup }: StepProps) {
  const text = useTranslations('orgSetup')
  const formats = useFormats()
  const site = useSyncExternalStore(
    never,
    () => location.host,
    () => '',
  )
  const open = SETUP_STEPS.filter((step) => !setup.done[step])
  const steps = formats.list(open.map((step) => text(`steps.${step}`).toLowerCase()))
  return (
    <>
      <PageHead
        title={text(open.length > 0 ? 'end.openTitle' : 'end.title')}
        lede={open.length > 0 ? text('end.open', { steps }) : text('end.text')}
      />
      <List card={false} inset="mark" className="max-w-[720px]">
        <ListRow
          href="/admin/imports?kind=accounts"
          renderLink={nextLink}
          lead={<FileInput size={20} />}
          title={text('end.accounts')}
          text={text('end.accountsText')}
          chevron
        />
        <ListRow
          href="/m"
          lead={<Smartphone size={20} />}
          title={text('end.phone')}
          text={text('end.phoneText', { address: `${site}/m` })}
          chevron
        />
        <ListRow
          href="/admin"
          renderLink={nextLink}
          lead={<Users size={20} />}
          title={text('end.people')}
          text={text('end.peopleText')}
          chevron
        />
        <ListRow
          href="/admin/territories"
          renderLink={nextLink}
          lead={<Network size={20} />}
          title={text('end.tree')}
          text={text('end.treeText')}
          chevron
        />
      </List>
    </>
  )
}
