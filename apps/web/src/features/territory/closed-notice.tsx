'use client'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMay } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

export type ClosedNoticeProps = {
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
}

/** Why a closed territory is still in sight, and what can be done about it; gone once it is open again. */
export function ClosedNotice({ territory }: ClosedNoticeProps) {
  const text = useTranslations('territory')
  const may = useMay()
  const { id, name, rank } = territory
  const tree = useQuery(useTRPC().territory.tree.queryOptions({ at: id, closed: true }))
  const place = tree.data?.nodes.find((node) => node.id === id)
  const parent = tree.data?.nodes.find((node) => node.id === place?.parentId)
  if (!tree.data || place?.closed === false) return null
  const count = place?.accounts ?? 0
  const mayReopen = may('organisation.administer') || (may('territory.arrange') && rank === 3)
  const reopens = count > 0 && mayReopen && parent?.closed !== true
  return (
    <section
      aria-labelledby="closed-place"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md bg-sunken p-4 text-small"
    >
      <div className="min-w-0 flex-1 basis-80">
        <h2 id="closed-place" className="text-lead">
          {text('closed.title', { place: name })}
        </h2>
        <p className="mt-1 text-ink-2">
          {text('closed.why', { count })} {count > 0 && text(`closed.${howOf(may('account.move'), reopens)}`)}
        </p>
      </div>
      {reopens && <Reopen territory={territory} />}
    </section>
  )
}

const howOf = (moves: boolean, reopens: boolean) =>
  moves ? (reopens ? 'moveOrReopen' : 'move') : reopens ? 'reopenOnly' : 'ask'

/** Nothing to take back: a territory with accounts does not close. */
function Reopen({ territory }: ClosedNoticeProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const opening = useMutation(
    trpc.territory.reopen.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('close.reopened', { name: territory.name }) })
        await client.invalidateQueries(trpc.territory.pathFilter())
        await client.invalidateQueries(trpc.account.pathFilter())
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  return (
    <Button disabled={opening.isPending} onClick={() => opening.mutate({ territoryId: territory.id })}>
      {text('closed.reopen')}
    </Button>
  )
}
