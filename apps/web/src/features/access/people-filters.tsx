'use client'
import { ROLES } from '@fieldback/domain/access/permissions'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useQuery } from '@tanstack/react-query'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { STATES, usePeopleView } from './use-people-view.ts'

/** What narrows the list, kept in the address. */
export function PeopleFilters() {
  const text = useTranslations('accessDesk')
  const access = useTranslations('access')
  const address = useAddress()
  const view = usePeopleView()
  const [typed, setTyped] = useState(view.search)
  const search = (next: string) => {
    setTyped(next)
    address.set({ q: next.trim() || null })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="w-full sm:w-64">
        <TextInput
          quiet
          type="search"
          icon={<Search size={16} />}
          aria-label={text('people.search')}
          placeholder={text('people.search')}
          value={typed}
          onChange={(event) => search(event.target.value)}
        />
      </div>
      <Select
        label={text('people.state')}
        options={['all' as const, ...STATES].map((value) => ({
          value,
          label: text(`people.states.${value}`),
        }))}
        value={view.state ?? 'all'}
        onChange={(value) => address.set({ state: value === 'all' ? null : value })}
      />
      <Select
        label={text('people.role')}
        options={[
          { value: '', label: text('people.anyRole') },
          ...ROLES.map((value) => ({ value, label: access(`role.${value}`) })),
        ]}
        value={view.role ?? ''}
        onChange={(value) => address.set({ role: value || null })}
      />
      <PlaceFilter />
    </div>
  )
}

/** The levels a whole organisation is filtered by; a smaller place comes by a link from its own page. */
const RANK_MAX = 2

function PlaceFilter() {
  const text = useTranslations('accessDesk')
  const address = useAddress()
  const { territoryId } = usePeopleView()
  const tree = useQuery(useTRPC().territory.tree.queryOptions(territoryId ? { at: territoryId } : {}))
  const places = (tree.data?.nodes ?? []).filter(
    ({ id, parentId, rank }) => id === territoryId || (parentId !== null && rank <= RANK_MAX),
  )
  return (
    <Select
      label={text('people.place')}
      options={[
        { value: '', label: text('people.anyPlace') },
        ...places.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={territoryId ?? ''}
      onChange={(value) => address.set({ place: value || null })}
    />
  )
}
