'use client'
import type { FieldOption } from '@fieldback/domain/field/field-spec'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { useLabel } from '../../client/use-label.ts'
import type { Draft } from './draft.ts'

/** What the list of a draft offers at a territory. */
export function useOffered(
  { type, list }: Pick<Draft, 'type' | 'list'>,
  territoryId: string,
): { readonly value: string; readonly label: string }[] {
  const label = useLabel()
  const items = useQuery({
    ...useTRPC().list.offered.queryOptions({ territoryId, listId: list ?? '' }),
    enabled: type === 'list_reference' && list !== null,
  })
  return ((items.data ?? []) as readonly FieldOption[]).map((item) => ({
    value: item.id,
    label: label(item.label),
  }))
}
