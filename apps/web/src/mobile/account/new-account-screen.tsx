'use client'
import { accountLikeness, likelyDuplicates } from '@fieldback/domain/account/duplicates'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Chip } from '@fieldback/ui/chip'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import LocateFixed from 'lucide-react/icons/locate-fixed'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { newId } from '../data/new-id.ts'
import type { NewOperation } from '../data/outbox.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, useRouter } from '../router.tsx'
import { type AccountLines, AccountLinesForm, NO_LINES } from './account-lines.tsx'
import { givenAnswers, type TypedAnswers } from './answers-patch.ts'
import { comparablePhone } from './comparable-phone.ts'
import { DuplicatesNotice } from './duplicates-notice.tsx'
import { LineField } from './line-field.tsx'
import { forgetProspectName, prospectName } from './prospect-name.ts'
import { Questions } from './questions.tsx'
import { useAccountTexts } from './use-account-texts.ts'
import { useCardForm } from './use-card-form.ts'
import { useHere } from './use-here.ts'
import { useKeptForm } from './use-kept-form.ts'
import { useSave } from './use-save.ts'

type Form = {
  lines: AccountLines
  firstName: string
  lastName: string
  territoryId: string
  answers: TypedAnswers
}

/** A prospect met by the way: a name is enough, the rest when it is known. */
export default function NewAccountScreen() {
  const { texts } = usePhone()
  const state = usePhoneState()
  const router = useRouter()
  const save = useSave()
  const text = useAccountTexts()
  const { form, change, drop } = useKeptForm<Form>('new-account', {
    lines: NO_LINES,
    firstName: '',
    lastName: '',
    territoryId: state.territoryIds[0] ?? '',
    answers: {},
  })
  const [named, setNamed] = useState(prospectName)
  useEffect(forgetProspectName, [])
  const lines = named && form.lines.name === '' ? { ...form.lines, name: named } : form.lines
  const [tried, setTried] = useState(false)
  const { here, point, ask } = useHere()
  const home = form.territoryId || (state.territoryIds[0] ?? '')
  const asked = useCardForm({
    entity: 'account',
    account: {
      territoryId: home,
      kind: 'prospect',
      activity: lines.activity.trim() || null,
      priority: 0,
      lastVisitDay: null,
    },
    before: {},
    typed: form.answers,
  })
  const keep = async () => {
    if (lines.name.trim() === '') return setTried(true)
    const id = newId()
    const answers = givenAnswers(asked.shown, asked.answers, todayHere())
    const operations = creation({ ...form, lines, territoryId: home }, { id, point, answers })
    if (!(await save(operations, text('form.saved', { name: lines.name.trim() })))) return
    drop()
    router.replace(paths.account(id))
  }
  return (
    <InnerFrame
      title={text('new.title')}
      bottom={
        <StickyBar note={text('new.note')}>
          <Button variant="primary" big onClick={keep}>
            {texts('common')('save')}
          </Button>
        </StickyBar>
      }
    >
      <Card pad>
        <AccountLinesForm
          lines={lines}
          onChange={(part) => {
            // What is typed holds the proposal, and may take it away.
            setNamed('')
            change({ lines: { ...lines, ...part } })
          }}
          nameMissing={tried}
        />
        <div className="mt-4">
          <Chip pressed={point !== null} onClick={ask}>
            {point === null && <LocateFixed size={18} />}
            {text(here === 'asking' ? 'list.locating' : point ? 'new.placed' : 'new.place')}
          </Chip>
          {(here === 'refused' || here === 'lost') && (
            <p className="mt-2 text-ink-2 text-small">{text(`list.${here}Text`)}</p>
          )}
        </div>
      </Card>
      <LikelyAccounts lines={lines} />
      <HomeChoice value={home} onChange={(territoryId) => change({ territoryId })} />
      <section aria-labelledby="who">
        <SectionHead id="who" aside={text('form.optional')}>
          {text('new.who')}
        </SectionHead>
        <Card pad>
          <div className="grid grid-cols-2 gap-3">
            <LineField
              label={text('form.firstName')}
              value={form.firstName}
              onChange={(firstName) => change({ firstName })}
              maxLength={100}
              autoCapitalize="words"
            />
            <LineField
              label={text('form.lastName')}
              value={form.lastName}
              onChange={(lastName) => change({ lastName })}
              maxLength={100}
              autoCapitalize="words"
            />
          </div>
        </Card>
      </section>
      <Questions fields={asked.shown} answers={form.answers} onChange={(answers) => change({ answers })} />
    </InnerFrame>
  )
}

type Made = {
  id: string
  point: { latitude: number; longitude: number } | null
  answers: ReturnType<typeof givenAnswers>
}

/** The account, and its first contact when a name was given; a first name alone is a name too. */
function creation(form: Form, { id, point, answers }: Made): NewOperation[] {
  const line = (key: keyof AccountLines) => form.lines[key].trim() || null
  const account: NewOperation = {
    kind: 'account.create',
    entityId: id,
    base: 0,
    body: {
      territoryId: form.territoryId,
      kind: 'prospect',
      name: form.lines.name.trim(),
      activity: line('activity'),
      street: line('street'),
      postcode: line('postcode'),
      city: line('city'),
      latitude: point?.latitude ?? null,
      longitude: point?.longitude ?? null,
      phone: line('phone'),
      email: line('email'),
      values: answers,
    },
  }
  const [first, last] = [form.firstName.trim(), form.lastName.trim()]
  if (!first && !last) return [account]
  return [
    account,
    {
      kind: 'contact.create',
      entityId: newId(),
      base: 0,
      body: {
        accountId: id,
        firstName: last ? first : '',
        lastName: last || first,
        jobTitle: null,
        phone: null,
        email: null,
        values: {},
      },
    },
  ]
}

const CHIPS_MOST = 5

/** In which of the person's own territories; not asked where there is one. */
function HomeChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const text = useAccountTexts()
  const { frame, territoryIds } = usePhoneState()
  const options = frame.territories
    .filter(({ id, closed }) => territoryIds.includes(id) && !closed)
    .map(({ id, name }) => ({ value: id, label: name }))
  if (options.length < 2) return null
  return (
    <section aria-labelledby="home">
      <SectionHead id="home">{text('new.home')}</SectionHead>
      {options.length <= CHIPS_MOST ? (
        <ChipGroup
          labelledBy="home"
          options={options}
          value={[value]}
          onChange={([next]) => next && onChange(next)}
        />
      ) : (
        <Field label={text('new.home')}>
          {(control) => <Select {...control} options={options} value={value} onChange={onChange} />}
        </Field>
      )}
    </section>
  )
}

const DUPLICATES_SHOWN = 3

/** Accounts of this phone that may be the one being typed. */
function LikelyAccounts({ lines }: { lines: AccountLines }) {
  const text = useAccountTexts()
  const { rows } = usePhoneState()
  const typed = useDeferredValue(lines)
  const known = useMemo(() => [...rows.accounts.values()].map(accountLikeness), [rows.accounts])
  const cards = useMemo(() => {
    const candidate: Pick<AccountRow, 'id' | 'name' | 'phone' | 'email' | 'postcode' | 'city'> = {
      id: '',
      name: typed.name,
      phone: comparablePhone(typed.phone),
      email: normaliseEmail(typed.email),
      postcode: typed.postcode.trim() || null,
      city: typed.city.trim() || null,
    }
    return likelyDuplicates(accountLikeness(candidate), known)
      .slice(0, DUPLICATES_SHOWN)
      .flatMap(({ id, reasons }) => {
        const account = rows.accounts.get(id)
        return account
          ? [{ id, name: account.name, text: account.city ?? '', href: paths.account(id), reasons }]
          : []
      })
  }, [typed, known, rows.accounts])
  return <DuplicatesNotice title={text('duplicates.account', { count: cards.length })} cards={cards} />
}
