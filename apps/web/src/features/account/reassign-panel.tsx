'use client'
import type { AccountFilter } from '@fieldback/domain/account/account-filter'
import { Button } from '@fieldback/ui/button'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { ReassignPreview } from './reassign-preview.tsx'
import { ReassignTarget, type Target } from './reassign-target.tsx'

type ReassignPanelProps = {
  readonly territory: { readonly id: string; readonly name: string }
  readonly filter: AccountFilter
  /** Something narrows the branch. */
  readonly narrowed: boolean
  readonly onClose: () => void
}

/** All accounts that match go to a place: first what that would change, then the work in the background. */
export function ReassignPanel({ territory, filter, narrowed, onClose }: ReassignPanelProps) {
  const text = useTranslations('accountDesk.reassign')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const [target, setTarget] = useState<Target | null>(null)
  const preview = useQuery({
    ...trpc.account.previewReassign.queryOptions({ filter, toId: target?.id ?? '' }),
    enabled: target !== null,
    placeholderData: keepPreviousData,
  })
  const reassign = useMutation(
    trpc.account.reassign.mutationOptions({
      onSuccess: ({ total }) => {
        onClose()
        toast({ text: text('asked', { count: total, place: target?.name ?? '' }) })
      },
      onSettled: () => client.invalidateQueries(trpc.account.pathFilter()),
    }),
  )
  const error = reassign.error ?? preview.error
  const found = target ? preview.data : undefined
  return (
    <section aria-labelledby="reassign" className="flex flex-col gap-4 rounded-card bg-sunken p-5">
      <div>
        <h2 id="reassign" className="text-heading">
          {text('title')}
        </h2>
        <p className="max-w-[72ch] text-ink-2">
          {text('which', { narrowed: narrowed ? 'yes' : 'no', place: territory.name })}
        </p>
      </div>
      <ReassignTarget territoryId={territory.id} onChange={setTarget} />
      {target && preview.isPending && !preview.error && <p role="status">{text('counting')}</p>}
      {found && <ReassignPreview preview={found} />}
      {error && (
        <p role="alert" className="text-danger text-small">
          {sentence(error)}
        </p>
      )}
      <p className="max-w-[72ch] text-ink-2 text-small">{text('note')}</p>
      <p className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={!target || !found || found.accounts === 0 || preview.isFetching || reassign.isPending}
          onClick={() => target && reassign.mutate({ filter, toId: target.id })}
        >
          {text('do', { count: found?.accounts ?? 0 })}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
      </p>
    </section>
  )
}
