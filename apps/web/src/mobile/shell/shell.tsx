'use client'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { photosOf } from '../media/photos.ts'
import { usePhone, usePhoneState } from '../phone.tsx'
import { type Route, useRouter } from '../router.tsx'
import { loadNewest, watchBuild } from './newest-build.ts'
import { useShellTexts } from './use-shell-texts.ts'

/** Where nothing is being filled in. */
const AT_REST: ReadonlySet<Route['screen']> = new Set(['today', 'accounts', 'me', 'outbox'])

/** Once Today is shown: keeps the application on the phone and its data from being evicted, and sends photos that wait. */
export function Shell() {
  const [newer, setNewer] = useState(false)
  const { route } = useRouter()
  const { store } = usePhone()
  useEffect(() => watchBuild(() => setNewer(true)), [])
  useEffect(() => void photosOf(store), [store])
  useKeptStorage()
  return newer && AT_REST.has(route.screen) ? <NewerBuild onLater={() => setNewer(false)} /> : null
}

/** Asked for once there is work to lose: some browsers ask the person. */
function useKeptStorage(): void {
  const { outbox, drafts } = usePhoneState()
  const holdsWork = outbox.length > 0 || drafts.size > 0
  useEffect(() => {
    if (holdsWork) navigator.storage?.persist?.().catch(() => {})
  }, [holdsWork])
}

const PRESSED = 'flex-none focus-visible:outline-on-ink focus-visible:-outline-offset-4'

/** Above the four places, like a toast that stays. */
function NewerBuild({ onLater }: { onLater: () => void }) {
  const text = useShellTexts()
  const [asked, setAsked] = useState(false)
  return (
    <div
      role="status"
      className="fixed inset-x-0 bottom-[calc(var(--fb-toast-bottom)+env(safe-area-inset-bottom))] z-40 flex justify-center px-4"
    >
      <div className="flex min-h-13 w-full max-w-[398px] animate-toast items-center rounded-md bg-ink py-1 pr-1 pl-4 font-medium text-on-ink text-small shadow-3">
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
