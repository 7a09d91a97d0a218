'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useState } from 'react'
import { openDatabases, SIGNED_OUT } from '../data/databases.ts'
import { forgetIdentity, type Identity } from '../data/identity.ts'
import type { Vault } from '../data/vault.ts'
import { LockScreen } from './lock-screen.tsx'
import { flagLocked, type LockRecord, readLock } from './lock-store.ts'
import { partFrom } from './part-from.ts'
import { type Withdrawal, Withdrawn } from './withdrawn.tsx'

type ShutProps = {
  identity: Identity
  locale: Locale
  /** The server has just said that he is here. */
  met: boolean
  onOpen: (vault: Vault | undefined) => void
}

/** A phone that did not open by itself: its person left, it asks for a code, or something holds its databases. */
export function Shut({ identity, locale, met, onOpen }: ShutProps) {
  const { membershipId } = identity
  const [record, setRecord] = useState<LockRecord | null | 'unread'>('unread')
  const [withdrawal, setWithdrawal] = useState<Withdrawal | null>(null)
  useEffect(() => {
    let gone = false
    whyShut(identity, met).then(
      (found) => gone || setRecord(found),
      () => gone || setRecord(null),
    )
    // Found by somebody, it may never be opened again: it is wiped all the same.
    partFrom(membershipId, (now) => gone || setWithdrawal(now)).catch(() => {})
    return () => {
      gone = true
    }
  }, [identity, membershipId, met])
  if (withdrawal !== null) return <Withdrawn now={withdrawal} locale={locale} />
  if (record === 'unread') return null
  if (record) return <LockScreen {...{ identity, locale, onOpen, record }} />
  return <Unopened locale={locale} />
}

/** The lock's record, or null without lock. Leaves for the sign-in page where the person of this phone signed out. */
async function whyShut({ membershipId }: Identity, met: boolean): Promise<LockRecord | null> {
  if (!met && (await hasLeft(membershipId))) {
    forgetIdentity()
    location.reload()
    return new Promise(() => {})
  }
  const record = await readLock(membershipId)
  flagLocked(membershipId, record !== null)
  return record
}

async function hasLeft(membershipId: string): Promise<boolean> {
  const { cache, outbox } = await openDatabases(membershipId)
  const left = await outbox.get('sequence', SIGNED_OUT)
  cache.close()
  outbox.close()
  return left !== undefined
}

function Unopened({ locale }: { locale: Locale }) {
  const text = lockTexts(locale)
  return (
    <PhoneScreen>
      <div className="grid flex-1 place-items-center">
        <Empty
          icon={<CircleAlert size={28} />}
          title={text('shut.title')}
          text={text('shut.text')}
          action={
            <Button variant="primary" onClick={() => location.reload()}>
              {text('shut.retry')}
            </Button>
          }
        />
      </div>
    </PhoneScreen>
  )
}
