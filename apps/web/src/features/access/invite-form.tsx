'use client'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { Button } from '@fieldback/ui/button'
import { SectionHead } from '@fieldback/ui/section-head'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { InviteOutcome } from './invite-outcome.tsx'
import { NOBODY, type PersonDraft, PersonFields } from './person-fields.tsx'
import { isWhole, newRole, type RoleDraft } from './role-draft.ts'
import { RoleFields } from './role-fields.tsx'
import { type Invited, useInvite } from './use-invite.ts'

type Wrong = { readonly email?: string; readonly name?: string; readonly role?: boolean }

/** One person at a time, with the roles he starts with. What was typed stays when it is refused. */
export function InviteForm({ onClose }: { onClose: () => void }) {
  const text = useTranslations('accessDesk')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const [person, setPerson] = useState<PersonDraft>(NOBODY)
  const [roles, setRoles] = useState<readonly RoleDraft[]>([newRole(0, day)])
  const [wrong, setWrong] = useState<Wrong>({})
  const [done, setDone] = useState<Invited | null>(null)
  const invite = useInvite()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lacks: Wrong = {
      ...(normaliseEmail(person.email) ? {} : { email: text('invite.emailWrong') }),
      ...(person.name.trim() ? {} : { name: text('invite.nameMissing') }),
      ...(roles.every((role) => isWhole(role, day)) ? {} : { role: true }),
    }
    setWrong(lacks)
    if (Object.keys(lacks).length > 0 || invite.isPending) return
    const { email, name: displayName, locale } = person
    invite.send({ email, displayName, locale, roles }, (invited) => {
      setDone(invited)
      setPerson({ ...NOBODY, locale })
      setRoles([newRole(0, day)])
    })
  }
  const setRole = (next: RoleDraft) => setRoles(roles.map((role) => (role.key === next.key ? next : role)))
  return (
    <section aria-labelledby="invite" className="rounded-md bg-sunken p-4">
      <SectionHead id="invite">{text('invite.title')}</SectionHead>
      <p className="-mt-2 mb-4 text-ink-2 text-small">{text('invite.lede')}</p>
      {done && <InviteOutcome key={done.membershipId} invited={done} />}
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <PersonFields draft={person} onChange={setPerson} wrong={wrong} />
        {roles.map((draft) => (
          <div key={draft.key} className="flex flex-col gap-1">
            <RoleFields draft={draft} onChange={setRole} checked={wrong.role === true} />
            <Button
              variant="ghost"
              className="self-start"
              onClick={() => setRoles(roles.filter(({ key }) => key !== draft.key))}
            >
              {text('invite.removeRole')}
            </Button>
          </div>
        ))}
        {invite.error && (
          <p role="alert" className="text-danger text-small">
            {sentence(invite.error)}
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" aria-busy={invite.isPending}>
            {text('invite.send')}
          </Button>
          <Button
            icon={<Plus size={16} />}
            onClick={() => setRoles([...roles, newRole((roles.at(-1)?.key ?? 0) + 1, day)])}
          >
            {text('invite.addRole')}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {text('invite.close')}
          </Button>
        </div>
      </form>
    </section>
  )
}
