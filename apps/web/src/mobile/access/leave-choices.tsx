'use client'
import { Button } from '@fieldback/ui/button'
import Download from 'lucide-react/icons/download'
import LogOut from 'lucide-react/icons/log-out'
import Send from 'lucide-react/icons/send'
import { usePhone, usePhoneState } from '../phone.tsx'
import { exportWaiting } from '../sync/export-waiting.ts'
import { useOutboxTexts } from '../sync/use-outbox-texts.ts'

/** What may be done of unsent work before one leaves: nothing of it is ever cleared. */
export function LeaveChoices({ waiting, onLeave }: { waiting: number; onLeave: () => void }) {
  const { store } = usePhone()
  const state = usePhoneState()
  const text = useOutboxTexts()
  return (
    <section aria-labelledby="leave" className="grid gap-2">
      <p id="leave" aria-live="polite">
        <b className="block">{text('leave.title', { count: waiting })}</b>
        <span className="text-ink-2 text-small">{text('leave.text')}</span>
      </p>
      <Button icon={<Send size={18} />} onClick={() => store.sync()}>
        {text(state.sync === 'working' ? 'waiting.sending' : 'leave.send')}
      </Button>
      <Button icon={<Download size={18} />} onClick={() => void exportWaiting(store)}>
        {text('leave.export')}
      </Button>
      <Button variant="quiet" icon={<LogOut size={18} />} onClick={onLeave}>
        {text('leave.keep')}
      </Button>
    </section>
  )
}
