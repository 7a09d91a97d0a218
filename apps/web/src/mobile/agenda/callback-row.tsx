'use client'
import type { CallbackRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { IconButton } from '@fieldback/ui/icon-button'
import { useToast } from '@fieldback/ui/toast'
import Check from 'lucide-react/icons/check'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Navigation from 'lucide-react/icons/navigation'
import PhoneIcon from 'lucide-react/icons/phone'
import { addressOf, contactName, numberOf, routeHref, telHref, writeHref } from '../account/reach.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'

/** Somebody to call back: who, the number, why, and the gestures for it; done is taken back with one tap. */
export function CallbackItem({ callback }: { callback: CallbackRow }) {
  const { texts, formats } = usePhone()
  const { rows } = usePhoneState()
  const text = texts('agenda')
  const finish = useFinish(callback)
  const account = rows.accounts.get(callback.accountId)
  const contact = callback.contactId === null ? undefined : rows.contacts.get(callback.contactId)
  if (!account) return null
  const name = contact ? contactName(contact) : account.name
  const place = [contact ? account.name : null, account.city].filter(Boolean).join(', ')
  const who = contact && numberOf(contact) ? contact : account
  const number = numberOf(who)
  const today = todayHere()
  const late = callback.dueDay < today ? formats.dayFrom(callback.dueDay, today) : null
  return (
    <li className="px-5 pt-4 pb-1.5">
      <div className="flex items-start gap-3">
        {phoneLink({
          href: paths.account(account.id),
          className: 'min-w-0 flex-1',
          children: (
            <>
              <b className="block leading-6">{name}</b>
              <span className="block text-ink-2 text-small">{place}</span>
              <span className="mt-1 block text-small">{callback.reason}</span>
              <span className="block text-ink-2 text-small tabular-nums">
                {[
                  number && formats.phone(number),
                  late && text('callbacks.since', { day: late }),
                  callback.whose && text('callbacks.of', { name: callback.whose }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </>
          ),
        })}
        {number && (
          <IconButton
            href={telHref(number)}
            label={text('call', { name })}
            icon={<PhoneIcon size={20} />}
            tone="accent"
          />
        )}
      </div>
      <div className="-ml-2 mt-0.5 flex flex-wrap gap-x-1">
        <WriteButton who={contact ?? account} optedOut={contact?.optedOut ?? false} />
        <RouteButton href={routeHref(account, navigator.userAgent)} />
        <Button variant="ghost" icon={<Check size={18} />} onClick={finish}>
          {text('callbacks.done')}
        </Button>
      </div>
    </li>
  )
}

type WriteButtonProps = { who: Parameters<typeof writeHref>[0]; optedOut: boolean }

function WriteButton({ who, optedOut }: WriteButtonProps) {
  const text = usePhone().texts('agenda')
  const href = optedOut ? null : writeHref(who)
  if (href === null) return null
  return (
    <Button
      variant="ghost"
      href={href}
      icon={addressOf(who) === null ? <MessageSquare size={18} /> : <Mail size={18} />}
    >
      {text('write')}
    </Button>
  )
}

function RouteButton({ href }: { href: string | null }) {
  const text = usePhone().texts('agenda')
  if (href === null) return null
  return (
    <Button variant="ghost" href={href} icon={<Navigation size={18} />}>
      {text('route')}
    </Button>
  )
}

/** Ticks a call-back off at once; setting it again takes that back. */
function useFinish(callback: CallbackRow): () => void {
  const { store, texts } = usePhone()
  const toast = useToast()
  const text = texts('agenda')
  const { id: entityId, accountId, contactId, dueDay, reason, version: base } = callback
  const undo = () =>
    store.save([{ kind: 'callback.set', entityId, base, body: { accountId, contactId, dueDay, reason } }])
  const said = { text: text('callbacks.doneSaid'), undo: { label: texts('common')('cancel'), onUndo: undo } }
  return () => {
    store.save([{ kind: 'callback.done', entityId, base, body: {} }]).then(
      () => toast(said),
      () => toast({ text: texts('sync')('notKept'), failed: true }),
    )
  }
}
