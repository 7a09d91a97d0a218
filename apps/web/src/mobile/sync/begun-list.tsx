'use client'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import PencilLine from 'lucide-react/icons/pencil-line'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { useOutboxTexts } from './use-outbox-texts.ts'

/** Forms that were begun and not saved: kept here, and not part of what leaves. */
export function Begun() {
  const { formats } = usePhone()
  const { drafts, rows } = usePhoneState()
  const text = useOutboxTexts()
  if (drafts.size === 0) return null
  return (
    <section>
      <OutboxHead
        kind="sent"
        icon={PencilLine}
        title={text('begun.title')}
        text={text('begun.text', { count: drafts.size })}
      />
      <List>
        {[...drafts.values()].map(({ id, accountId, kind, day }) => {
          const reportId = id.startsWith('amend:') ? id.slice(6) : null
          return (
            <ListRow
              key={id}
              title={rows.accounts.get(accountId)?.name ?? text('work.unknownAccount')}
              text={text(reportId ? 'begun.correction' : `begun.${kind}`, {
                day: formats.day(day, 'short'),
              })}
              href={reportId ? paths.amendReport(reportId) : paths.reportForm(accountId)}
              renderLink={phoneLink}
              chevron
            />
          )
        })}
      </List>
    </section>
  )
}
