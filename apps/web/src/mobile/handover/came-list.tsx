'use client'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import Handshake from 'lucide-react/icons/handshake'
import { useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { cameToMe } from './own-handovers.ts'

const FIRST = 5

/** The accounts that came from somebody else and were not visited yet; each card has its brief. */
export function CameList() {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const state = usePhoneState()
  const [all, setAll] = useState(false)
  const came = cameToMe(state)
  if (came.length === 0) return null
  const shown = all ? came : came.slice(0, FIRST)
  return (
    <section aria-labelledby="came">
      <SectionHead id="came" aside={formats.number(came.length)}>
        {text('title')}
      </SectionHead>
      <List inset="mark">
        {shown.map(({ accountId, since, fromName, note }) => (
          <ListRow
            key={accountId}
            lead={<Handshake size={20} />}
            title={state.rows.accounts.get(accountId)?.name ?? ''}
            text={
              <>
                {text('row', { from: fromName ?? 'none', day: formats.day(since, 'short') })}{' '}
                {note && <Tag>{text('noted')}</Tag>}
              </>
            }
            href={paths.account(accountId)}
            renderLink={phoneLink}
            chevron
          />
        ))}
      </List>
      {shown.length < came.length && (
        <Button variant="ghost" className="mt-2" onClick={() => setAll(true)}>
          {text('more', { count: came.length - shown.length })}
        </Button>
      )}
      {all && state.pack.handovers?.more && <p className="mt-2 text-ink-2 text-small">{text('cut')}</p>}
      <p className="mt-3 text-caption text-ink-2">{text('explain')}</p>
    </section>
  )
}
