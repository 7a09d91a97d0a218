'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Mail from 'lucide-react/icons/mail'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { PersonCard } from './access-rows.ts'

/** How a member gets in: his invitation while he has not come, then a link for the day he cannot. */
export function PersonEntrance({ person }: { person: PersonCard }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { day } = useMember()
  const mail = useMail(person)
  const came = person.state === 'live'
  const invite = person.invitedAt ? 'person.inviteAgain' : 'person.inviteFirst'
  const action = came ? 'person.reset' : invite
  const invited = person.invitedAt
    ? text('person.invitedOn', { when: formats.dayFrom(formats.dayOf(person.invitedAt), day) })
    : ''
  return (
    <section aria-labelledby="entrance">
      <SectionHead id="entrance">{text('person.entering')}</SectionHead>
      <p>
        {came
          ? text(person.hasPassword ? 'person.byPassword' : 'person.byLink')
          : `${text('person.neverCame')} ${invited}`}
      </p>
      {came && <p className="mt-1 max-w-[68ch] text-ink-2 text-small">{text('person.resetText')}</p>}
      {(mail.error || mail.failed) && (
        <div className="mt-3">
          <Notice icon={<CircleAlert size={18} />} live>
            {mail.error ? sentence(mail.error) : text('person.mailFailed')}
          </Notice>
        </div>
      )}
      <Button icon={<Mail size={16} />} className="mt-3" aria-busy={mail.busy} onClick={mail.send}>
        {text(action)}
      </Button>
    </section>
  )
}

function useMail({ membershipId, email, state }: PersonCard) {
  const text = useTranslations('accessDesk')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries(trpc.access.pathFilter())
  const again = useMutation(trpc.access.inviteAgain.mutationOptions({ onSettled }))
  const reset = useMutation(trpc.access.resetSignIn.mutationOptions({ onSettled }))
  const [mutation, said] =
    state === 'live' ? [reset, 'person.resetDone' as const] : [again, 'person.invited' as const]
  return {
    error: mutation.error,
    failed: mutation.data?.mailed === false,
    busy: mutation.isPending,
    send: () => {
      if (mutation.isPending) return
      mutation.mutate(
        { membershipId },
        { onSuccess: ({ mailed }) => mailed && toast({ text: text(said, { email }) }) },
      )
    },
  }
}
