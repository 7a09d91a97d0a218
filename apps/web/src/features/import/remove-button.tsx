'use client'
import { Button } from '@fieldback/ui/button'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC } from '../../client/trpc.tsx'
import { useWords } from './use-words.ts'

/** Gives a file up before anything of it came in. */
export function RemoveButton({ importId }: { readonly importId: string }) {
  const { text, sentence } = useWords()
  const toast = useToast()
  const router = useRouter()
  const trpc = useTRPC()
  const client = useQueryClient()
  const remove = useMutation(
    trpc.import.remove.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('page.removed') })
        await client.invalidateQueries(trpc.import.list.pathFilter())
        router.push('/admin/imports')
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return (
    <Button onClick={() => remove.mutate({ importId })} disabled={remove.isPending}>
      {text('page.remove')}
    </Button>
  )
}
