'use client'
import Check from 'lucide-react/icons/check'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'

export type ToastMessage = {
  /** What has just been done, as a fact, or could not be. */
  text: ReactNode
  /** It could not: no mark says that it was done. */
  failed?: true | undefined
  undo?: { label: string; onUndo: () => void } | undefined
}

const SHOWN_MS = 8000

const ToastContext = createContext<((message: ToastMessage) => void) | null>(null)

/** Gives the function that shows a message; a new one takes the place of the one on screen. */
export function useToast() {
  const show = useContext(ToastContext)
  if (!show) throw new Error('useToast needs a ToastProvider above it')
  return show
}

/** Counts down while nobody reads: resting the pointer or the focus on it holds what is left. */
function useCountdown(onEnd: () => void) {
  const left = useRef(SHOWN_MS)
  const [paused, setPaused] = useState(false)
  useEffect(() => {
    if (paused) return
    const since = performance.now()
    const timer = setTimeout(onEnd, left.current)
    return () => {
      clearTimeout(timer)
      left.current -= performance.now() - since
    }
  }, [paused, onEnd])
  return setPaused
}

function ToastView({ message, onClose }: { message: ToastMessage; onClose: () => void }) {
  const setPaused = useCountdown(onClose)
  const undo = message.undo
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only holds the countdown, it does nothing else.
    <div
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
      className="pointer-events-auto flex min-h-13 w-full max-w-(--fb-toast-most) animate-toast items-center gap-2.5 rounded-md bg-ink py-1 pr-1.5 pl-4 font-medium text-on-ink text-small shadow-3"
    >
      {!message.failed && <Check size={18} />}
      <span className="min-w-0 flex-1">{message.text}</span>
      {undo && (
        <button
          type="button"
          onClick={() => {
            onClose()
            undo.onUndo()
          }}
          className="h-11 flex-none px-3 font-strong underline underline-offset-[3px] focus-visible:outline-on-ink focus-visible:-outline-offset-4"
        >
          {undo.label}
        </button>
      )}
    </div>
  )
}

type Shown = { key: number; message: ToastMessage }

/** Once, at the root of the page. The live region is always there, so that a first message is read aloud. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const count = useRef(0)
  const show = useCallback((message: ToastMessage) => {
    count.current += 1
    setShown({ key: count.current, message })
  }, [])
  const close = useCallback(() => setShown(null), [])
  const view = useMemo(
    () => shown && <ToastView key={shown.key} message={shown.message} onClose={close} />,
    [shown, close],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--fb-toast-bottom)+env(safe-area-inset-bottom))] z-50 flex justify-center px-4"
      >
        {view}
      </div>
    </ToastContext>
  )
}
