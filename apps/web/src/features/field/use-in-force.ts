'use client'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

/** A question at its version in force, which may be later than the one that the page was opened on; null for a new one. */
export function useInForce(opened: FieldDefinition | null): FieldDefinition | null {
  const read = useQuery({
    ...useTRPC().field.get.queryOptions({ fieldId: opened?.id ?? '' }),
    enabled: opened !== null,
  })
  const found = read.data?.definition as FieldDefinition | undefined
  return found && opened && found.version > opened.version ? found : opened
}
