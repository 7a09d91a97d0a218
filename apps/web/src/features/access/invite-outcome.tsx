'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Invited } from './use-invite.ts'

/** What became of an invitation; one that did not leave, or that nobody has answered, can be sent again. */
export function InviteOutcome({ invited }: { invited: Invited }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const client = useQueryClient()
  const { membershipId, email, displayName: name, outcome, roles } = invited
  const again = useMutation(
    trpc.access.inviteAgain.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.access.people.pathFilter()),
    }),
  )
  const sent = outcome === 'mailed' || again.data?.mailed === true
  const failed = outcome === 'failed' && !sent
  const said = {
    mailed: 'invite.done',
    failed: 'invite.notMailed',
    live: 'invite.already',
    invited: 'invite.waiting',
    revoked: 'invite.withdrawn',
  } as const
  const blocks = failed || outcome === 'revoked'
  return (
    <div className="mb-4 flex flex-col items-start gap-2">
      <Notice
        tone={blocks ? 'block' : 'quiet'}
        icon={blocks ? <CircleAlert size={18} /> : <Check size={18} />}
        live
      >
        {again.error
          ? sentence(again.error)
          : text(sent ? 'invite.done' : said[outcome], { name, email, roles })}
      </Notice>
      <div className="flex flex-wrap items-center gap-3">
        {(failed || outcome === 'invited') && !sent && (
          <Button aria-busy={again.isPending} onClick={() => again.mutate({ membershipId })}>
            {text('invite.again')}
          </Button>
        )}
        <TextLink href={`/admin/people/${membershipId}`} renderLink={nextLink}>
          {text('invite.see')}
        </TextLink>
      </div>
    </div>
  )
}
