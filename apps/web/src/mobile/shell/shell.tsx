'use client'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { Notice } from '@fieldback/ui/notice'
import WifiOff from 'lucide-react/icons/wifi-off'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { foresee } from '../agenda/foresee.ts'
import {
  useLockWhenHidden,
  useOtherTabs,
  useOutsideLinks,
  useServerKeys,
  useWithdrawal,
} from '../lock/use-standing.ts'
import { Withdrawn } from '../lock/withdrawn.tsx'
import { photosOf } from '../media/photos.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { type Route, useRouter } from '../router.tsx'
import { hearTogether } from '../sync/outbox-together.ts'
import { loadNewest, watchBuild } from './newest-build.ts'
import { useShellTexts } from './use-shell-texts.ts'

/** Where nothing is being filled in. */
const AT_REST: ReadonlySet<Route['screen']> = new Set(['today', 'accounts', 'me', 'outbox'])

/**
 * Once Today is shown: keeps the application on the phone and its data from being evicted, sends photos that wait, and sees
 * to it that nobody reads on who should not.
 */
export function Shell() {
  const [newer, setNewer] = useState(false)
  const { route } = useRouter()
  const { store, locale } = usePhone()
  const withdrawal = useWithdrawal()
  useEffect(() => watchBuild(() => setNewer(true)), [])
  useEffect(() => void photosOf(store), [store])
  useEffect(() => hearTogether(store), [store])
  useKeptStorage()
  useForeseen()
  useServerKeys()
  useLockWhenHidden()
  useOtherTabs()
  const outside = useOutsideLinks()
  if (withdrawal !== null)
    return (
      <div className="fixed inset-0 z-50 overflow-y-auto bg-canvas">
        <Withdrawn now={withdrawal} locale={locale} />
      </div>
    )
  if (outside) return <OutsideNotice />
  return newer && AT_REST.has(route.screen) ? <NewerBuild onLater={() => setNewer(false)} /> : null
}

/** Works out what the next openings begin with, now and whenever the phone is put away. */
function useForeseen(): void {
  const { store } = usePhone()
  useEffect(() => {
    const look = () => void foresee(store, todayHere())
    const onHidden = () => document.visibilityState === 'hidden' && look()
    void store.whole.then(look, () => {})
    document.addEventListener('visibilitychange', onHidden)
    return () => document.removeEventListener('visibilitychange', onHidden)
  }, [store])
}

/** Asked for once there is work to lose: some browsers ask the person. */
function useKeptStorage(): void {
  const { outbox, drafts } = usePhoneState()
  const holdsWork = outbox.length > 0 || drafts.size > 0
  useEffect(() => {
    if (holdsWork) navigator.storage?.persist?.().catch(() => {})
  }, [holdsWork])
}

const ABOVE_PLACES =
  'fixed inset-x-0 bottom-[calc(var(--fb-toast-bottom)+env(safe-area-inset-bottom))] z-40 flex justify-center px-4'

function OutsideNotice() {
  const { locale } = usePhone()
  return (
    <div className={ABOVE_PLACES}>
      <div className="w-full max-w-(--fb-toast-most) animate-toast rounded-md shadow-3">
        <Notice icon={<WifiOff size={18} />} live>
          {lockTexts(locale)('outside.offline')}
        </Notice>
      </div>
    </div>
  )
}

const PRESSED = 'flex-none focus-visible:outline-on-ink focus-visible:-outline-offset-4'

/** Above the four places, like a toast that stays. */
function NewerBuild({ onLater }: { onLater: () => void }) {
  const text = useShellTexts()
  const [asked, setAsked] = useState(false)
  return (
    <div role="status" className={ABOVE_PLACES}>
      <div className="flex min-h-13 w-full max-w-(--fb-toast-most) animate-toast items-center rounded-md bg-ink py-1 pr-1 pl-4 font-medium text-on-ink text-small shadow-3">
        <span className="min-w-0 flex-1 text-balance">{text('update.ready')}</span>
        <button
          type="button"
          aria-busy={asked}
          onClick={() => {
            setAsked(true)
            void loadNewest()
          }}
          className={`h-11 px-3 font-strong underline underline-offset-[3px] ${PRESSED}`}
        >
          {text('update.load')}
        </button>
        <button
          type="button"
          aria-label={text('update.later')}
          onClick={onLater}
          className={`grid size-11 place-items-center ${PRESSED}`}
        >
          <X size={20} />
        </button>
      </div>
    </div>
  )
}
