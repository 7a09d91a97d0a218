'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { IconButton } from '@fieldback/ui/icon-button'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useDeferredValue, useMemo, useState } from 'react'
import { byLastVisit, findable, LETTERS_MIN, searchAccounts } from '../account/search-accounts.ts'
import { usePhoneState } from '../phone.tsx'
import { agendaOf } from './agenda-of.ts'
import { useRoundTexts } from './use-round-texts.ts'
import { VisitReasonLine } from './visit-reason.tsx'

const SHOWN = 8

type RoundPickerProps = { ids: readonly string[]; today: string; onAdd: (id: string) => void }

/** What is due, in the order of Today, or whatever he looks for. */
export function RoundPicker({ ids, today, onAdd }: RoundPickerProps) {
  const text = useRoundTexts()
  const state = usePhoneState()
  const { rows } = state
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState(SHOWN)
  const sought = useDeferredValue(typed.trim())
  const searching = sought.length >= LETTERS_MIN
  const known = useMemo(
    () => (searching ? findable(rows.accounts.values(), rows.contacts.values()) : []),
    [searching, rows.accounts, rows.contacts],
  )
  const due = agendaOf(state, today).due
  const reasons = new Map(due.map(({ accountId, reasons: [first] }) => [accountId, first]))
  const found: AccountRow[] = searching
    ? searchAccounts(known, sought, byLastVisit)
    : due.flatMap(({ accountId }) => rows.accounts.get(accountId) ?? [])
  const left = found.filter(({ id }) => !ids.includes(id))
  return (
    <section aria-labelledby="pick" className="grid gap-3">
      <SectionHead id="pick">{text('due')}</SectionHead>
      <TextInput
        type="search"
        icon={<Search size={20} />}
        aria-label={text('search')}
        placeholder={text('search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {left.length > 0 && (
        <List>
          {left.slice(0, shown).map((account) => {
            const reason = reasons.get(account.id)
            return (
              <ListRow
                key={account.id}
                title={account.name}
                text={
                  <>
                    {account.city}
                    {reason && <VisitReasonLine reason={reason} brief className="mt-1" />}
                  </>
                }
                action={
                  <IconButton
                    label={text('add', { name: account.name })}
                    icon={<Plus size={22} />}
                    tone="accent"
                    onClick={() => onAdd(account.id)}
                  />
                }
              />
            )
          })}
        </List>
      )}
      {left.length > shown && (
        <Button variant="ghost" onClick={() => setShown(shown + SHOWN * 2)}>
          {text('more')}
        </Button>
      )}
    </section>
  )
}
