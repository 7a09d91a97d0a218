'use client'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { Segmented } from '@fieldback/ui/segmented'
import { TextInput } from '@fieldback/ui/text-input'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { RepairContact } from './repair-contact.tsx'
import type { RepairProps } from './repair-props.ts'

const SHOWN = 6
/** Whom one meets is part of these. */
const WITH_CONTACT = ['report.create', 'callback.set']

/** The account it names, where the reader reaches it, or another of his branch, with the contact that goes with it. */
export function RepairAccount(props: RepairProps) {
  const { item, given, onGive } = props
  const text = useTranslations('quarantine')
  const named = item.account?.name ?? null
  const [other, setOther] = useState(named === null)
  const [chosen, choose] = useState<string | null>(null)
  const keep = (): void => {
    setOther(false)
    choose(null)
    onGive({ accountId: undefined, contactId: undefined })
  }
  const pick = (account: { readonly id: string; readonly name: string } | null): void => {
    choose(account?.name ?? null)
    onGive({ accountId: account?.id, contactId: account ? null : undefined })
  }
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {named !== null && (
        <Segmented
          label={text('settle.account')}
          options={[
            { value: 'same', label: named },
            { value: 'other', label: text('settle.otherAccount') },
          ]}
          value={other ? 'other' : 'same'}
          onChange={(next) => (next === 'same' ? keep() : setOther(true))}
        />
      )}
      {other && chosen === null && <AccountSearch placeId={item.place.id} onPick={pick} />}
      {chosen !== null && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <span className="wrap-anywhere min-w-0 font-medium">{text('settle.chosen', { name: chosen })}</span>
          <Button onClick={() => pick(null)}>{text('settle.change')}</Button>
        </p>
      )}
      {given.accountId !== undefined && WITH_CONTACT.includes(item.kind ?? '') && (
        <RepairContact {...props} />
      )}
    </div>
  )
}

type SearchProps = {
  readonly placeId: string
  readonly onPick: (account: { readonly id: string; readonly name: string }) => void
}

/** Accounts of the whole branch that the reader manages, by name or number. */
function AccountSearch({ placeId, onPick }: SearchProps) {
  const text = useTranslations('quarantine')
  const trpc = useTRPC()
  const [typed, write] = useState('')
  const search = useDeferredValue(typed.trim())
  const tree = useQuery(trpc.territory.tree.queryOptions({ at: placeId, closed: true }))
  const top = topOf(tree.data?.nodes ?? [], placeId)
  const found = useQuery({
    ...trpc.account.list.queryOptions({ territoryId: top, search, limit: SHOWN }),
    placeholderData: keepPreviousData,
    enabled: search !== '' && tree.data !== undefined,
  })
  const accounts = search === '' ? [] : (found.data?.accounts.slice(0, SHOWN) ?? [])
  return (
    <div className="min-w-0">
      <Field label={text('settle.search')}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            maxLength={100}
            value={typed}
            onChange={(event) => write(event.target.value)}
          />
        )}
      </Field>
      {accounts.length > 0 && (
        <List card={false} inset="none" label={text('settle.otherAccount')} className="mt-2">
          {accounts.map((account) => (
            <ListRow
              key={account.id}
              title={account.name}
              text={[account.city, account.territoryName].filter(Boolean).join(' · ')}
              onClick={() => onPick(account)}
            />
          ))}
        </List>
      )}
      {search !== '' && found.data?.accounts.length === 0 && (
        <p className="mt-2 text-ink-2 text-small">{text('settle.noAccount')}</p>
      )}
    </div>
  )
}

type Node = { readonly id: string; readonly parentId: string | null }

/** The top of the reader's branch that holds a place. */
function topOf(nodes: readonly Node[], placeId: string): string {
  const parents = new Map(nodes.map(({ id, parentId }) => [id, parentId]))
  let top = placeId
  for (let above = parents.get(top); above; above = parents.get(top)) top = above
  return top
}
