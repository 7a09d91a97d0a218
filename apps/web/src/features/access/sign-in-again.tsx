'use client'
import { Button } from '@fieldback/ui/button'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { callQuery } from '../../client/call.ts'
import { toldError } from '../../client/error-code.ts'
import { leaveTogether } from '../../client/leave.ts'
import { useMember } from '../../client/member.tsx'
import { switchOrganisation } from '../../client/session.ts'
import { answerAll, isAsked, watchAsked } from '../../client/session-end.ts'
import { SignInForm, type Way } from './sign-in-form.tsx'

/** Above the page whose session has ended: it stays as it is, and goes on once the same person is back. */
export function SignInAgain() {
  const asked = useSyncExternalStore(watchAsked, isAsked, () => false)
  useEffect(() => leaveTogether(), [])
  return asked ? <Again /> : null
}

function Again() {
  const text = useTranslations('accessDesk')
  const title = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [way, setWay] = useState<Way>('password')
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { back, isBack } = useReturn()
  useEffect(() => dialog.current?.showModal(), [])
  // A link is opened on another page: this one looks whether it let him in when he comes back to it.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && isBack()
    const events = ['visibilitychange', 'focus']
    for (const event of events) window.addEventListener(event, look, true)
    return () => {
      for (const event of events) window.removeEventListener(event, look, true)
    }
  }, [isBack])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onClose={() => answerAll(false)}
      data-ui="phone"
      className="m-auto w-[min(400px,calc(100vw-2rem))] rounded-md bg-raised p-5 text-ink shadow-3 backdrop:bg-canvas/85"
    >
      <h2 id={title} className="text-title">
        {text('again.title')}
      </h2>
      <p className="mt-1 mb-5 text-ink-2">{text('again.text')}</p>
      {sentTo === null ? (
        <SignInForm
          way={way}
          onWay={setWay}
          email={email}
          onEmail={setEmail}
          onSent={setSentTo}
          onEntered={back}
        />
      ) : (
        <>
          <p role="status">{text('again.linkSent', { email: sentTo })}</p>
          <Button className="mt-4" onClick={() => setSentTo(null)}>
            {text('again.linkAgain')}
          </Button>
        </>
      )}
      <Button variant="ghost" className="mt-3 w-full" onClick={() => dialog.current?.close()}>
        {text('again.later')}
      </Button>
    </dialog>
  )
}

/** Goes on as the member this page is of; anybody else gets his own home, and nothing of this page. */
function useReturn() {
  const { membershipId } = useMember()
  const client = useQueryClient()
  const resume = useCallback(() => {
    answerAll(true)
    client.invalidateQueries()
  }, [client])
  const whoIsHere = useCallback(
    () =>
      callQuery('org.me').then(
        (me) => me.membershipId,
        (error) => (toldError(error).code === 'UNAUTHENTICATED' ? null : undefined),
      ),
    [],
  )
  /** He has just signed in: of several organisations, this page's is meant. */
  const back = useCallback(async () => {
    if ((await whoIsHere()) === membershipId) return resume()
    await switchOrganisation(membershipId).then(resume, () => location.assign('/'))
  }, [membershipId, resume, whoIsHere])
  const isBack = useCallback(async () => {
    const here = await whoIsHere()
    if (here === membershipId) resume()
    else if (here) location.assign('/')
  }, [membershipId, resume, whoIsHere])
  return { back, isBack }
}
