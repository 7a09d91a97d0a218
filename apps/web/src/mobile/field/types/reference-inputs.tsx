'use client'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { TextInput } from '@fieldback/ui/text-input'
import { TextLink } from '@fieldback/ui/text-link'
import Search from 'lucide-react/icons/search'
import { useDeferredValue, useMemo, useState } from 'react'
import { contactName } from '../../account/reach.ts'
import { byLastVisit, findable, LETTERS_MIN, searchAccounts } from '../../account/search-accounts.ts'
import { usePhone, usePhoneState } from '../../phone.tsx'
import type { AnswerInputProps } from '../answer-input-props.ts'
import { UnknownChip } from '../unknown-chip.tsx'
import { findContacts } from './find-contacts.ts'
import { useTypeTexts } from './type-texts.ts'

/** Names under the thumb, above the keyboard. */
const SHOWN = 5

type Found = { readonly id: string; readonly name: string; readonly beside: string }

type PickerProps = AnswerInputProps & {
  readonly placeholder: string
  readonly find: (typed: string) => readonly Found[]
  readonly nameOf: (id: string) => string | undefined
}

/** Two letters, then a name: nothing is asked of the network. */
function Picker({ placeholder, find, nameOf, ...props }: PickerProps) {
  const { value, onChange, labelledBy } = props
  const { texts } = usePhone()
  const text = useTypeTexts()
  const [typed, setTyped] = useState('')
  const sought = useDeferredValue(typed.trim())
  const found = useMemo(
    () => (sought.length < LETTERS_MIN ? [] : find(sought).slice(0, SHOWN)),
    [find, sought],
  )
  if (typeof value === 'string') {
    return (
      <p className="flex min-h-11 flex-wrap items-center gap-x-4">
        <b className="font-strong">{nameOf(value) ?? texts('field')('answer.elsewhere')}</b>
        <TextLink onClick={() => onChange(undefined)}>{text('reference.change')}</TextLink>
      </p>
    )
  }
  return (
    <div className="grid gap-2">
      <TextInput
        type="search"
        icon={<Search size={20} />}
        aria-labelledby={labelledBy}
        placeholder={placeholder}
        autoComplete="off"
        autoCorrect="off"
        enterKeyHint="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.length > 0 && (
        <List labelledBy={labelledBy}>
          {found.map(({ id, name, beside }) => (
            <ListRow
              key={id}
              title={name}
              text={beside}
              onClick={() => {
                setTyped('')
                onChange(id)
              }}
            />
          ))}
        </List>
      )}
      {sought.length >= LETTERS_MIN && found.length === 0 && (
        <p role="status" className="text-ink-2 text-small">
          {text('reference.none')}
        </p>
      )}
      <div>
        <UnknownChip {...props} />
      </div>
    </div>
  )
}

export function AccountReferenceInput(props: AnswerInputProps) {
  const { rows } = usePhoneState()
  const text = useTypeTexts()
  const list = useMemo(() => findable(rows.accounts.values(), rows.contacts.values()), [rows])
  const find = useMemo(
    () => (typed: string) =>
      searchAccounts(list, typed, byLastVisit).map(({ id, name, city }) => ({
        id,
        name,
        beside: city ?? '',
      })),
    [list],
  )
  return (
    <Picker
      {...props}
      placeholder={text('reference.account')}
      find={find}
      nameOf={(id) => rows.accounts.get(id)?.name}
    />
  )
}

export function ContactReferenceInput(props: AnswerInputProps) {
  const { rows } = usePhoneState()
  const text = useTypeTexts()
  const find = useMemo(() => (typed: string) => findContacts(rows, typed), [rows])
  const nameOf = (id: string): string | undefined => {
    const contact = rows.contacts.get(id)
    const account = contact && rows.accounts.get(contact.accountId)
    if (!contact) return undefined
    return account
      ? text('reference.of', { name: contactName(contact), account: account.name })
      : contactName(contact)
  }
  return <Picker {...props} placeholder={text('reference.contact')} find={find} nameOf={nameOf} />
}
