'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useMemo, useState } from 'react'
import { byLastVisit, findable, LETTERS_MIN, searchAccounts } from '../account/search-accounts.ts'
import { agendaOf } from '../agenda/agenda-of.ts'
import { newDraftId } from '../data/draft.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { PhoneFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { useReportTexts } from './use-report-texts.ts'

const ROWS_MOST = 30
const NEAR = 5

/** At whose place: what was begun, what is planned, what was seen last, or two letters. */
export default function NewReportScreen() {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useReportTexts()
  const [typed, setTyped] = useState('')
  const accounts = useMemo(() => [...state.rows.accounts.values()], [state.rows.accounts])
  const searching = typed.trim().length >= LETTERS_MIN
  const list = useMemo(
    () => (searching ? findable(state.rows.accounts.values(), state.rows.contacts.values()) : []),
    [searching, state.rows.accounts, state.rows.contacts],
  )
  const found = useMemo(
    () => (searching ? searchAccounts(list, typed, byLastVisit) : null),
    [searching, list, typed],
  )
  const drafts = accounts.filter((account) => state.drafts.has(newDraftId(account.id)))
  const due = agendaOf(state, todayHere())
    .due.flatMap(({ accountId }) => state.rows.accounts.get(accountId) ?? [])
    .slice(0, NEAR)
  const recent = accounts
    .filter((account) => account.lastVisitDay !== null && !due.includes(account))
    .sort((a, b) => ((a.lastVisitDay ?? '') < (b.lastVisitDay ?? '') ? 1 : -1))
    .slice(0, NEAR)
  const seen = (account: AccountRow) =>
    [account.city, account.lastVisitDay && formats.dayFrom(account.lastVisitDay, todayHere())]
      .filter(Boolean)
      .join(', ')
  return (
    <PhoneFrame title={text('pick.title')} current="report">
      <TextInput
        type="search"
        icon={<Search size={20} />}
        aria-label={text('pick.search')}
        placeholder={text('pick.search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found ? (
        <Group
          title={text('pick.found', { count: found.length })}
          accounts={found.slice(0, ROWS_MOST)}
          seen={seen}
        />
      ) : (
        <>
          <Group title={text('pick.drafts')} accounts={drafts} seen={seen} />
          <Group title={text('pick.due')} accounts={due} seen={seen} />
          <Group title={text('pick.recent')} accounts={recent} seen={seen} />
        </>
      )}
      {found?.length === 0 && <Empty title={text('pick.empty')} text={typed} />}
      <Button icon={<Plus size={18} />} href={paths.newAccount} renderLink={phoneLink}>
        {text('pick.newAccount')}
      </Button>
    </PhoneFrame>
  )
}

function Group(props: {
  title: string
  accounts: readonly AccountRow[]
  seen: (account: AccountRow) => string
}) {
  if (props.accounts.length === 0) return null
  return (
    <section>
      <SectionHead>{props.title}</SectionHead>
      <List card>
        {props.accounts.map((account) => (
          <ListRow
            key={account.id}
            title={account.name}
            text={props.seen(account)}
            href={paths.reportForm(account.id)}
            renderLink={phoneLink}
            chevron
          />
        ))}
      </List>
    </section>
  )
}
