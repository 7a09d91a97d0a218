'use client'
import type { StandsHere } from '@fieldback/domain/territory/placement'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'

type StandingListProps = { readonly territoryId: string; readonly here: StandsHere }

/** What keeps a territory from closing, each with where it is moved away, or by whom. */
export function StandingList({ territoryId: id, here }: StandingListProps) {
  const text = useTranslations('territory')
  const may = useMay()
  const administers = may('organisation.administer')
  const lines = [
    {
      key: 'children',
      count: here.children,
      what: text('admin.closeForm.children', { count: here.children }),
      how: text('admin.closeForm.childrenHow'),
      href: '#under',
    },
    {
      key: 'accounts',
      count: here.accounts,
      what: text('admin.closeForm.accounts', { count: here.accounts }),
      how: text(may('account.move') ? 'admin.closeForm.accountsHow' : 'admin.closeForm.accountsWho'),
      href: may('account.move') ? `/manage/accounts?at=${id}` : undefined,
    },
    {
      key: 'inClosed',
      count: here.inClosed,
      what: text('admin.closeForm.inClosed', { count: here.inClosed }),
      how: text('admin.closeForm.inClosedHow'),
      href: may('account.move') ? `/manage/accounts?at=${id}` : administers ? '#closed' : undefined,
    },
    {
      key: 'people',
      count: here.people,
      what: text('admin.closeForm.people', { count: here.people }),
      how: text('admin.closeForm.peopleHow'),
      href: administers ? `/admin?place=${id}` : may('assignment.grant') ? '#people' : undefined,
    },
    {
      key: 'fields',
      count: here.fields,
      what: text('admin.closeForm.fields', { count: here.fields }),
      how: text(may('field.define') ? 'admin.closeForm.fieldsHow' : 'admin.closeForm.fieldsWho'),
      href: may('field.define') ? `/manage/fields?at=${id}` : undefined,
    },
  ].filter(({ count }) => count > 0)
  return (
    <ul className="grid text-small desk:gap-1.5">
      {lines.map(({ key, what, how, href }) => (
        <li key={key} className="flex min-h-11 flex-wrap items-center gap-x-1 desk:min-h-0">
          <b>{what}</b>{' '}
          {href === undefined ? (
            <span className="text-ink-2">{how}</span>
          ) : (
            <TextLink href={href} renderLink={nextLink}>
              {how}
            </TextLink>
          )}
        </li>
      ))}
    </ul>
  )
}
