'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { isWhole, newRole } from './role-draft.ts'
import { RoleFields } from './role-fields.tsx'
import { useGiveRole } from './use-roles.ts'

/** Gives a member one more role. What was chosen stays when it is refused. */
export function GiveRole({ membershipId, onClose }: { membershipId: string; onClose: () => void }) {
  const text = useTranslations('accessDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const [draft, setDraft] = useState(newRole(0, day))
  const [asked, setAsked] = useState(false)
  const give = useGiveRole(membershipId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (isWhole(draft, day) && !give.isPending) give.send(draft, onClose)
  }
  return (
    <form onSubmit={submit} noValidate className="mb-4 flex flex-col gap-4 rounded-md bg-sunken p-4">
      <RoleFields draft={draft} onChange={setDraft} checked={asked} />
      {give.error && (
        <p role="alert" className="text-danger text-small">
          {sentence(give.error)}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-busy={give.isPending}>
          {text('person.giveNow')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
      </div>
    </form>
  )
}
