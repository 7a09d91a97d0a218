'use client'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { useMay } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import type { Administered } from './administered.ts'

/** What keeps a territory from closing, each with where it is moved away, or by whom. */
export function NotEmpty({ page: { territory, here } }: { page: Administered }) {
  const text = useTranslations('territory')
  const may = useMay()
  const { id, name } = territory
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
      href: may('account.move') ? `/manage/accounts?at=${id}` : '#closed',
    },
    {
      key: 'people',
      count: here.people,
      what: text('admin.closeForm.people', { count: here.people }),
      how: text('admin.closeForm.peopleHow'),
      href: `/admin?place=${id}`,
    },
    {
      key: 'fields',
      count: here.fields,
      what: text('admin.closeForm.fields', { count: here.fields }),
      how: text(may('field.define') ? 'admin.closeForm.fieldsHow' : 'admin.closeForm.fieldsWho'),
      href: may('field.define') ? `/manage/fields?at=${id}` : undefined,
    },
  ].filter(({ count }) => count > 0)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="not-empty" className="rounded-md bg-sunken p-4 text-small">
      <h2 id="not-empty" className="text-lead">
        {text('admin.closeForm.title', { place: name })}
      </h2>
      <p className="mt-1 text-ink-2">{text('admin.closeForm.text')}</p>
      <ul className="mt-2 grid gap-1.5">
        {lines.map(({ key, what, how, href }) => (
          <li key={key}>
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
    </section>
  )
}
