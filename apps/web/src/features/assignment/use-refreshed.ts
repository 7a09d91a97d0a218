'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'

/** Has what shows who is where read again, and what it keeps from being applied. */
export function useRefreshed(): () => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries(trpc.assignment.pathFilter())
    await client.invalidateQueries(trpc.territory.get.pathFilter())
    await client.invalidateQueries(trpc.scenario.pathFilter())
  }
}
