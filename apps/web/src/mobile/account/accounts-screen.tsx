'use client'
import type { DueVisit } from '@fieldback/domain/agenda/due-visits'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { sectorTexts } from '@fieldback/i18n/phone-sector'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Chip } from '@fieldback/ui/chip'
import { Empty } from '@fieldback/ui/empty'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { Notice } from '@fieldback/ui/notice'
import { TextInput } from '@fieldback/ui/text-input'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import Split from 'lucide-react/icons/split'
import Store from 'lucide-react/icons/store'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { agendaOf } from '../agenda/agenda-of.ts'
import { VisitReasonLine } from '../agenda/visit-reason.tsx'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { PhoneFrame } from '../phone-frame.tsx'
import { paths, phoneLink, useRouter } from '../router.tsx'
import type { Point } from './distance.ts'
import { keepProspectName } from './prospect-name.ts'
import {
  byDistance,
  byLastVisit,
  findable,
  LETTERS_MIN,
  metresTo,
  searchAccounts,
} from './search-accounts.ts'
import { useAccountTexts } from './use-account-texts.ts'
import { type Here, useHere } from './use-here.ts'

const ROWS = 50

/** Which account: two letters, or the nearest, or the last seen. */
export default function AccountsScreen() {
  const text = useAccountTexts()
  const { here, point, ask, forget } = useHere()
  const [typed, setTyped] = useState('')
  const sought = useDeferredValue(typed.trim())
  const found = useFound(sought, point)
  return (
    <PhoneFrame title={text('list.title')} current="accounts">
      <div className="grid gap-3">
        <TextInput
          type="search"
          icon={<Search size={20} />}
          aria-label={text('list.search')}
          placeholder={text('list.search')}
          autoComplete="off"
          autoCorrect="off"
          enterKeyHint="search"
          className="[&::-webkit-search-cancel-button]:grayscale"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="flex flex-wrap items-center gap-2">
          <Chip pressed={point !== null} onClick={point ? forget : ask} aria-busy={here === 'asking'}>
            {point === null && <LocateFixed size={18} />}
            {text(here === 'asking' ? 'list.locating' : 'list.nearMe')}
          </Chip>
          <NewProspect name={found.length === 0 ? sought : ''} />
          <OwnSectors />
        </div>
        <WhereNotice here={here} />
      </div>
      <Found key={`${sought}/${point !== null}`} accounts={found} point={point} sought={sought} />
    </PhoneFrame>
  )
}

/** Says why the nearest cannot be told; the list stays as it was. */
function WhereNotice({ here }: { here: Here }) {
  const text = useAccountTexts()
  if (here !== 'refused' && here !== 'lost') return null
  return (
    <Notice tone="quiet" icon={<LocateFixed size={18} />} title={text(`list.${here}`)} live>
      {text(`list.${here}Text`)}
    </Notice>
  )
}

function NewProspect({ name }: { name: string }) {
  const text = useAccountTexts()
  const router = useRouter()
  const open = () => {
    keepProspectName(name)
    router.go(paths.newAccount)
  }
  return (
    <Chip pressed={false} onClick={open}>
      <Plus size={18} />
      {text('list.newProspect')}
    </Chip>
  )
}

/** How a rep divides his sector is asked where he looks for its accounts. */
function OwnSectors() {
  const { locale } = usePhone()
  const router = useRouter()
  return (
    <Chip pressed={false} onClick={() => router.go(paths.sectors)}>
      <Split size={18} />
      {sectorTexts(locale)('open')}
    </Chip>
  )
}

/** The accounts to show, in order: what was typed, else all; the nearest first once the position is known. */
function useFound(sought: string, point: Point | null): readonly AccountRow[] {
  const { rows } = usePhoneState()
  const order = useMemo(() => (point ? byDistance(point) : byLastVisit), [point])
  const all = useMemo(() => [...rows.accounts.values()].sort(order), [rows.accounts, order])
  const searching = sought.length >= LETTERS_MIN
  const list = useMemo(
    () => (searching ? findable(rows.accounts.values(), rows.contacts.values()) : []),
    [searching, rows.accounts, rows.contacts],
  )
  useWarmSearch()
  return useMemo(
    () => (searching ? searchAccounts(list, sought, order) : all),
    [searching, list, sought, order, all],
  )
}

/** The first letter typed should not wait for five thousand names to be read. */
function useWarmSearch(): void {
  const { rows } = usePhoneState()
  useEffect(() => {
    const timer = setTimeout(() => findable(rows.accounts.values(), rows.contacts.values()), 800)
    return () => clearTimeout(timer)
  }, [rows.accounts, rows.contacts])
}

type FoundProps = { accounts: readonly AccountRow[]; point: Point | null; sought: string }

function Found({ accounts, point, sought }: FoundProps) {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useAccountTexts()
  const [shown, setShown] = useState(ROWS)
  const today = todayHere()
  const due = new Map(agendaOf(state, today).due.map((visit) => [visit.accountId, visit]))
  if (accounts.length === 0) return <NoneFound sought={sought} />
  const rest = accounts.length - shown
  return (
    <section aria-labelledby="found">
      <p id="found" aria-live="polite" className="mb-3 text-ink-2 text-small">
        {text(sought.length >= LETTERS_MIN ? 'list.found' : point ? 'list.byDistance' : 'list.byVisit', {
          count: accounts.length,
        })}
      </p>
      <List>
        {accounts.slice(0, shown).map((account) => (
          <AccountLine
            key={account.id}
            account={account}
            due={due.get(account.id)}
            metres={point ? metresTo(point, account) : null}
          />
        ))}
      </List>
      {rest > 0 && (
        <Button variant="ghost" className="mt-2" onClick={() => setShown(shown + ROWS)}>
          {text('list.more', { count: Math.min(rest, ROWS), rest: formats.number(rest) })}
        </Button>
      )}
    </section>
  )
}

type AccountLineProps = { account: AccountRow; due: DueVisit | undefined; metres: number | null }

/** What is due is said with its reason; otherwise when the account was last seen. */
function AccountLine({ account, due, metres }: AccountLineProps) {
  const { formats } = usePhone()
  const text = useAccountTexts()
  const seen = account.lastVisitDay
  const reason = due?.reasons[0]
  const told = reason && reason.code !== 'NOT_SEEN_SINCE' && reason.code !== 'NEVER_SEEN' ? reason : null
  const last = seen === null ? text('list.never') : formats.dayFrom(seen, todayHere())
  return (
    <ListRow
      href={paths.account(account.id)}
      renderLink={phoneLink}
      chevron
      title={account.name}
      text={
        <>
          {[account.city, last].filter(Boolean).join(' · ')}
          {told && <VisitReasonLine reason={told} className="mt-1" />}
        </>
      }
      aside={metres === null || metres > 1e8 ? undefined : formats.distance(metres)}
    />
  )
}

function NoneFound({ sought }: { sought: string }) {
  const text = useAccountTexts()
  const { complete } = usePhoneState()
  const searching = sought.length >= LETTERS_MIN
  return (
    <Card>
      <Empty
        icon={searching ? <Search size={28} /> : <Store size={28} />}
        title={searching ? text('list.noneFound', { name: sought }) : text('list.none')}
        text={text(searching ? 'list.noneFoundText' : complete ? 'list.noneText' : 'list.arriving')}
      />
    </Card>
  )
}
