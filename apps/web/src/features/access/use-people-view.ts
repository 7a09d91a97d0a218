'use client'
import { ROLES } from '@fieldback/domain/access/permissions'
import type { SortDirection } from '@fieldback/ui/data-table'
import { useAddress } from '../../client/use-address.ts'
import type { PersonRow } from './access-rows.ts'

export const STATES = ['live', 'invited', 'revoked'] as const satisfies readonly PersonRow['state'][]

/** The list as its address asks for it; what an address cannot mean is left out. */
export function usePeopleView() {
  const address = useAddress()
  const asked = address.get('sort')
  const by = asked?.endsWith('seen') ? ('seen' as const) : ('name' as const)
  const place = address.get('place')
  return {
    search: (address.get('q') ?? '').slice(0, 100),
    state: STATES.find((state) => state === address.get('state')) ?? null,
    role: ROLES.find((role) => role === address.get('role')) ?? null,
    territoryId: place && /^[0-9a-f-]{36}$/.test(place) ? place : null,
    sort: { by, down: asked?.startsWith('-') ?? false },
    setSort: (key: string, direction: SortDirection) => {
      const sort = direction === 'descending' ? `-${key}` : key
      address.set({ sort: sort === 'name' ? null : sort })
    },
    filtered: ['q', 'state', 'role', 'place'].some((name) => address.get(name)),
    clear: () => address.set({ q: null, state: null, role: null, place: null }),
  }
}
