'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'

/** What moves an import on or back. Each asks for its state again, so that the screen follows. */
export function useChange(importId: string) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const address = useAddress()
  const onSuccess = async () => {
    await client.invalidateQueries(trpc.import.get.queryFilter({ importId }))
    // The lines of the step before are not those of the next one.
    client.removeQueries(trpc.import.lines.pathFilter())
    address.set({ step: null, show: null })
  }
  // A refusal may come of a state that moved elsewhere: look again.
  const onError = () => client.invalidateQueries(trpc.import.get.queryFilter({ importId }))
  return {
    tryOut: useMutation(trpc.import.tryOut.mutationOptions({ onSuccess, onError })),
    run: useMutation(trpc.import.run.mutationOptions({ onSuccess, onError })),
    undo: useMutation(trpc.import.undo.mutationOptions({ onSuccess, onError })),
  }
}
